import { type Check, type Finding, missing, ok } from './check.ts';
import { paceOf } from './report.ts';

/** Frames enough to tell the camera's pace. */
const MEASURED_MS = 2_000;

/** The camera as a call asks for it. */
export async function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: {
      facingMode: { ideal: 'environment' },
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
    },
    audio: false,
  });
}

export function cameraCheck(): Check {
  return { id: 'camera', kind: 'asks', run: () => measureCamera() };
}

export function microphoneCheck(): Check {
  return { id: 'microphone', kind: 'asks', run: () => measureMicrophone() };
}

/** Opens the camera, counts its frames, and closes it again. Also used inside a mixed-reality session. */
export async function measureCamera(): Promise<Finding> {
  if (navigator.mediaDevices === undefined) return missing('getUserMedia is not there');
  const stream = await openCamera();
  try {
    const [track] = stream.getVideoTracks();
    const { width, height, frameRate } = track?.getSettings() ?? {};
    const frames = await frameTimes(stream);
    const stamped = frames.hasCaptureTime ? 'with capture time' : 'without capture time';
    return ok(
      `${width} x ${height} at ${frameRate}; measured ${paceOf(frames.timesMs)}; ${stamped}; ${track?.label ?? ''}`,
    );
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

interface FrameTimes {
  readonly timesMs: readonly number[];
  readonly hasCaptureTime: boolean;
}

async function frameTimes(stream: MediaStream): Promise<FrameTimes> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const timesMs: number[] = [];
  let hasCaptureTime = false;
  const note: VideoFrameRequestCallback = (nowMs, metadata) => {
    timesMs.push(nowMs);
    hasCaptureTime ||= metadata.captureTime !== undefined;
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  await video.play();
  await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
  video.srcObject = null;
  return { timesMs, hasCaptureTime };
}

async function measureMicrophone(): Promise<Finding> {
  if (navigator.mediaDevices === undefined) return missing('getUserMedia is not there');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const label = stream.getAudioTracks()[0]?.label ?? '';
  for (const track of stream.getTracks()) track.stop();
  return ok(label);
}
