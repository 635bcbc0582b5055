import { type Check, type CheckId, type Finding, info, missing, ok } from './check.ts';
import { browserVersions, paceOf } from './report.ts';

/** Everything that can be told without asking anybody. */
export function pageChecks(): readonly Check[] {
  return [
    page('browser', async () => browserFinding()),
    page('secure', async () =>
      isSecureContext ? ok('HTTPS or localhost') : missing('open this page by its https address'),
    ),
    page('xr-ar', () => sessionSupport('immersive-ar')),
    page('xr-vr', () => sessionSupport('immersive-vr')),
    page('webgl2', async () => graphicsFinding()),
    page('frame-rate', async () => info(await displayPace())),
    page('h264', async () => codecFinding('video/H264')),
    page('vp8', async () => codecFinding('video/VP8')),
    page('transforms', async () => transformFinding()),
    page('video-frames', async () =>
      'requestVideoFrameCallback' in HTMLVideoElement.prototype
        ? ok('requestVideoFrameCallback')
        : missing('requestVideoFrameCallback is not there'),
    ),
    page('frame-times', async () => processorFinding()),
    page('speech', async () => speechFinding()),
    page('notifications', async () =>
      'Notification' in globalThis ? info(Notification.permission) : info('not there'),
    ),
  ];
}

const page = (id: CheckId, run: () => Promise<Finding>): Check => ({ id, kind: 'page', run });

function browserFinding(): Finding {
  const { edge, chromium } = browserVersions(navigator.userAgent);
  if (edge !== null) return ok(`Edge ${edge}`);
  return chromium === null ? missing('not built on Chromium') : info(`Chromium ${chromium}, not Edge`);
}

async function sessionSupport(mode: XRSessionMode): Promise<Finding> {
  if (navigator.xr === undefined) return missing('WebXR is not there');
  return (await navigator.xr.isSessionSupported(mode)) ? ok('supported') : missing('not supported');
}

function graphicsFinding(): Finding {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return missing('WebGL 2 is not there');
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  return ok(String(renderer));
}

/** Two seconds of frames, less when the page is out of sight. */
function displayPace(): Promise<string> {
  const times: number[] = [];
  return new Promise((resolve) => {
    const next = (time: number): void => {
      times.push(time);
      const first = times[0] ?? time;
      if (time - first < 2_000) requestAnimationFrame(next);
      else resolve(paceOf(times));
    };
    requestAnimationFrame(next);
  });
}

function codecFinding(mimeType: string): Finding {
  const has = (side: typeof RTCRtpSender | typeof RTCRtpReceiver): boolean =>
    side.getCapabilities('video')?.codecs.some((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase()) ??
    false;
  const [sends, receives] = [has(RTCRtpSender), has(RTCRtpReceiver)];
  if (sends && receives) return ok('sends and receives');
  return missing(sends ? 'sends only' : receives ? 'receives only' : 'neither sends nor receives');
}

function transformFinding(): Finding {
  if ('RTCRtpScriptTransform' in globalThis) return ok('RTCRtpScriptTransform');
  if ('createEncodedStreams' in RTCRtpSender.prototype) return ok('createEncodedStreams');
  return missing('neither way is there: poses travel beside the frames');
}

function processorFinding(): Finding {
  return 'MediaStreamTrackProcessor' in globalThis
    ? ok('MediaStreamTrackProcessor')
    : info('MediaStreamTrackProcessor is not there');
}

function speechFinding(): Finding {
  const hears = 'SpeechRecognition' in globalThis || 'webkitSpeechRecognition' in globalThis;
  const speaks = 'speechSynthesis' in globalThis;
  const words = [hears ? 'recognition' : null, speaks ? 'synthesis' : null].filter((word) => word !== null);
  return words.length === 0 ? missing('neither recognition nor synthesis') : (hears ? ok : info)(words.join(' and '));
}
