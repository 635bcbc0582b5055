import type { Capability, RoomMode } from '../../ui/panels/view.ts';

/** What a browser offers, as far as it can be asked without bothering anybody. */
export interface BrowserFacts {
  readonly secure: boolean;
  readonly webgl2: boolean;
  readonly xr: Pick<XRSystem, 'isSessionSupported'> | null;
  readonly mediaDevices: Pick<MediaDevices, 'enumerateDevices'> | null;
}

export interface CapabilityReport {
  readonly capabilities: readonly Capability[];
  /** The best way into the room; null when there is none. */
  readonly mode: RoomMode | null;
}

export async function reportCapabilities(facts: BrowserFacts): Promise<CapabilityReport> {
  const [ar, vr, devices] = await Promise.all([
    supports(facts.xr, 'immersive-ar'),
    supports(facts.xr, 'immersive-vr'),
    listDevices(facts.mediaDevices),
  ]);
  const capabilities: readonly Capability[] = [
    { name: 'secure', present: facts.secure },
    { name: 'webgl2', present: facts.webgl2 },
    { name: 'webxr', present: facts.xr !== null },
    { name: 'immersive-ar', present: ar },
    { name: 'immersive-vr', present: vr },
    { name: 'camera', present: devices.has('videoinput') },
    { name: 'microphone', present: devices.has('audioinput') },
  ];
  const usable = facts.webgl2 && facts.secure;
  const best = ar ? 'immersive-ar' : vr ? 'immersive-vr' : null;
  return { capabilities, mode: usable ? best : null };
}

async function supports(xr: BrowserFacts['xr'], mode: RoomMode): Promise<boolean> {
  if (xr === null) return false;
  try {
    return await xr.isSessionSupported(mode);
  } catch {
    // Forbidden by policy counts as not there.
    return false;
  }
}

async function listDevices(mediaDevices: BrowserFacts['mediaDevices']): Promise<ReadonlySet<MediaDeviceKind>> {
  if (mediaDevices === null) return new Set();
  try {
    return new Set((await mediaDevices.enumerateDevices()).map((device) => device.kind));
  } catch {
    return new Set();
  }
}

export function browserFacts(): BrowserFacts {
  return {
    secure: window.isSecureContext,
    webgl2: document.createElement('canvas').getContext('webgl2') !== null,
    xr: navigator.xr ?? null,
    mediaDevices: navigator.mediaDevices ?? null,
  };
}
