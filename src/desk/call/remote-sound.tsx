import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../desk-texts.ts';
import { Icon } from '../parts/icon.tsx';
import type { DeskCall } from './desk-call.ts';

/** What the others say. A browser that wants a click before it makes a sound gets one. */
export function RemoteSound({ call }: { readonly call: DeskCall }) {
  const { t } = useTexts();
  const [blocked, setBlocked] = useState<ReadonlyMap<string, () => void>>(new Map());
  const report = (peer: string, retry: (() => void) | null): void =>
    setBlocked((before) => {
      const after = new Map(before);
      if (retry === null) after.delete(peer);
      else after.set(peer, retry);
      return after;
    });
  const retryAll = (): void => {
    for (const retry of blocked.values()) retry();
  };
  return (
    <>
      {[...call.links.value].map(([peer, link]) => (
        <Sound key={peer} stream={link.remoteAudio.value} onBlocked={(retry) => report(peer, retry)} />
      ))}
      {blocked.size === 0 ? null : (
        <p class="sound-blocked">
          <span>{t('call.hearWhy')}</span>
          <button type="button" class="button button-accent" onClick={retryAll}>
            <Icon name="speaker" />
            {t('call.hear')}
          </button>
        </p>
      )}
    </>
  );
}

interface SoundProps {
  readonly stream: MediaStream | null;
  readonly onBlocked: (retry: (() => void) | null) => void;
}

function Sound({ stream, onBlocked }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    element.srcObject = stream;
    const play = (): void => {
      element.play().then(
        () => onBlocked(null),
        (error: unknown) => error instanceof DOMException && error.name === 'NotAllowedError' && onBlocked(play),
      );
    };
    if (stream !== null) play();
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  // biome-ignore lint/a11y/useMediaCaption: people speaking now have no captions
  return <audio ref={audio} />;
}
