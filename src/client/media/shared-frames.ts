import { readFrameTimes, watchLocalFrames } from './local-frames.ts';

type Listener = (captureTimeMs: number) => void;

interface Watch {
  readonly listeners: Set<Listener>;
  stop(): void;
}

const watches = new WeakMap<MediaStreamTrack, Watch>();

/**
 * Capture times of a camera's frames, on the page's clock in ms, from both sources that there are: of each frame once or
 * twice. However many people are sent the picture, its frames are read once. Returns the clean-up; idempotent.
 */
export function watchCameraFrames(track: MediaStreamTrack, onFrame: Listener): () => void {
  const watch = watches.get(track) ?? start(track);
  // A wrapper, so that the same function may watch twice and each clean-up takes away its own.
  const own: Listener = (captureTimeMs) => onFrame(captureTimeMs);
  watch.listeners.add(own);
  return () => {
    if (!watch.listeners.delete(own) || watch.listeners.size > 0) return;
    watches.delete(track);
    watch.stop();
  };
}

function start(track: MediaStreamTrack): Watch {
  const listeners = new Set<Listener>();
  const tell: Listener = (captureTimeMs) => {
    for (const listener of [...listeners]) listener(captureTimeMs);
  };
  const reading = readFrameTimes(track, tell);
  const stopPlayer = watchLocalFrames(track, tell);
  const watch: Watch = {
    listeners,
    stop() {
      stopPlayer();
      reading?.end();
    },
  };
  watches.set(track, watch);
  return watch;
}
