import { useEffect, useRef } from 'preact/hooks';

interface StreamVideoProps {
  readonly stream: MediaStream | null;
  readonly label: string;
  readonly mirrored?: boolean;
}

/** A small picture without sound. */
export function StreamVideo({ stream, label, mirrored = false }: StreamVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    if (stream !== null) element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video class={mirrored ? 'tile-video mirrored' : 'tile-video'} ref={video} muted playsInline aria-label={label} />
  );
}
