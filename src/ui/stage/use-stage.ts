import { effect, signal, untracked } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PersonKey } from '../../domain/call/state.ts';
import { type Box, containBox } from '../overlay/letterbox.ts';
import { useCallTexts } from '../text/call-texts.ts';
import type { StageCall } from './stage-call.ts';
import { createStageView, type StageView } from './stage-view.ts';

export interface StageRefs {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly picture: RefObject<HTMLCanvasElement | null>;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
}

/** The stage for one person's picture, as long as the component is there. */
export function useStage(call: StageCall, target: PersonKey, refs: StageRefs): StageView | null {
  const texts = useCallTexts();
  const [view, setView] = useState<StageView | null>(null);
  useEffect(() => {
    const [video, picture, overlay] = [refs.video.current, refs.picture.current, refs.overlay.current];
    if (video === null || picture === null || overlay === null) return;
    const { t } = texts;
    const created = createStageView({
      call,
      target,
      elements: { video, picture, overlay },
      words: { approximate: t('editing.approximate'), stale: t('editing.stale'), placing: t('editing.placing') },
      tagOfFrame: (metadata) => call.links.peek().get(target)?.tagOfFrame(metadata) ?? null,
    });
    setView(created);
    const stopPlaying = effect(() => {
      play(video, call.links.value.get(target)?.remoteVideo.value ?? null);
    });
    return () => {
      stopPlaying();
      created.dispose();
      video.srcObject = null;
    };
  }, [call, target, texts]);
  return view;
}

function play(video: HTMLVideoElement, stream: MediaStream | null): void {
  if (video.srcObject === stream) return;
  video.srcObject = stream;
  // It is muted, so nothing holds it back; a stream that is replaced meanwhile rejects, and its successor plays.
  if (stream !== null) video.play().catch(() => undefined);
}

/** Where the picture stands in the area, kept up with both sizes; null before the first frame. */
export function usePictureBox(view: StageView | null, area: RefObject<HTMLDivElement | null>): Box | null {
  const box = useMemo(() => signal<Box | null>(null), []);
  useEffect(() => {
    const element = area.current;
    if (view === null || element === null) return;
    const place = (): void => {
      const size = view.live.size.value;
      const outer = { widthPx: element.clientWidth, heightPx: element.clientHeight };
      box.value = size === null ? null : containBox(outer, size, devicePixelRatio);
      const placed = box.value;
      if (placed !== null) untracked(() => view.resize(placed.widthPx, placed.heightPx, devicePixelRatio));
    };
    const stopFollowing = effect(place);
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => {
      observer.disconnect();
      stopFollowing();
    };
  }, [view, area, box]);
  return box.value;
}
