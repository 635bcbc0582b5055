import { measureCamera } from './camera-check.ts';
import { type Finding, info, missing, ok } from './check.ts';
import { paceOf, type ReportLine } from './report.ts';

/** What the headset's page asks for; all of it optional there. */
const FEATURES = ['local-floor', 'unbounded', 'hit-test', 'anchors', 'hand-tracking'] as const;
const SESSION_MS = 4_000;

/**
 * Enters mixed reality for a few seconds and tells what was granted, how fast frames come, what the hands are, and
 * whether the camera opens meanwhile. Call it from a click. Never rejects.
 */
export async function measureXr(): Promise<readonly ReportLine[]> {
  const { xr } = navigator;
  if (xr === undefined) return [{ id: 'xr-session', finding: missing('WebXR is not there') }];
  try {
    const mode = (await xr.isSessionSupported('immersive-ar')) ? 'immersive-ar' : 'immersive-vr';
    const session = await xr.requestSession(mode, { optionalFeatures: [...FEATURES] });
    try {
      return await measureSession(session, mode);
    } finally {
      await session.end().catch(() => undefined);
    }
  } catch (error) {
    return [{ id: 'xr-session', finding: { outcome: 'failed', detail: String(error) } }];
  }
}

async function measureSession(session: XRSession, mode: XRSessionMode): Promise<readonly ReportLine[]> {
  await session.updateRenderState({ baseLayer: new XRWebGLLayer(session, await xrContext()) });
  const granted = new Set(session.enabledFeatures ?? []);
  const camera = measureCamera().catch((error: unknown): Finding => ({ outcome: 'failed', detail: String(error) }));
  const seen = await watchFrames(session);
  return [
    { id: 'xr-session', finding: ok(`${mode}, ${session.environmentBlendMode ?? ''}`) },
    ...FEATURES.map(
      (feature): ReportLine => ({
        id: `xr-${feature}`,
        finding: granted.has(feature) ? ok('granted') : info('not granted'),
      }),
    ),
    { id: 'xr-frame-rate', finding: info(paceOf(seen.timesMs)) },
    {
      id: 'xr-poses',
      finding: seen.tracked > 0 ? ok(`${seen.tracked} tracked frames`) : missing('never tracked'),
    },
    { id: 'xr-input', finding: info(inputText(session)) },
    { id: 'xr-camera', finding: await camera },
  ];
}

async function xrContext(): Promise<WebGL2RenderingContext> {
  const context = document.createElement('canvas').getContext('webgl2', { xrCompatible: true });
  if (context === null) throw new Error('WebGL 2 is not there');
  await context.makeXRCompatible();
  return context;
}

interface SeenFrames {
  readonly timesMs: readonly number[];
  readonly tracked: number;
}

async function watchFrames(session: XRSession): Promise<SeenFrames> {
  const space = await session.requestReferenceSpace('local');
  const timesMs: number[] = [];
  let tracked = 0;
  await new Promise<void>((resolve) => {
    const endMs = performance.now() + SESSION_MS;
    session.addEventListener('end', () => resolve());
    const next: XRFrameRequestCallback = (timeMs, frame) => {
      timesMs.push(timeMs);
      const pose = frame.getViewerPose(space);
      if (pose !== undefined && !pose.emulatedPosition) tracked += 1;
      if (performance.now() < endMs) session.requestAnimationFrame(next);
      else resolve();
    };
    session.requestAnimationFrame(next);
  });
  return { timesMs, tracked };
}

function inputText(session: XRSession): string {
  const sources = [...session.inputSources].map(
    ({ handedness, profiles, hand }) => `${handedness}: ${profiles.join(' ')}${hand ? ', joints' : ', no joints'}`,
  );
  return sources.length === 0 ? 'none seen: hold up a hand while it runs' : sources.join('; ');
}
