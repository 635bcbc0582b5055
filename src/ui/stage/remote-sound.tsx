import { useEffect, useState } from 'preact/hooks';
import { createRemoteSound, type RemoteSound as Sound } from '../../client/media/remote-sound.ts';
import { Icon } from '../parts/icon.tsx';
import { useCallTexts } from '../text/call-texts.ts';
import type { StageCall } from './stage-call.ts';

/** What the others say. A browser that wants a click before it makes a sound gets one. */
export function RemoteSound({ call }: { readonly call: StageCall }) {
  const { t } = useCallTexts();
  const [sound, setSound] = useState<Sound | null>(null);
  useEffect(() => {
    const started = createRemoteSound(call.links);
    setSound(started);
    return started.dispose;
  }, [call]);
  if (sound === null || !sound.blocked.value) return null;
  return (
    <p class="sound-blocked">
      <span>{t('call.hearWhy')}</span>
      <button type="button" class="button button-accent" onClick={sound.retry}>
        <Icon name="speaker" />
        {t('call.hear')}
      </button>
    </p>
  );
}
