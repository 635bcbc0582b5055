import type { CameraSource, CameraTrack } from './camera-source.ts';
import { type CameraMode, pickMode } from './modes.ts';

export const CAMERA_LABEL = 'Emulated HoloLens 2 camera';
const CAMERA_DEVICE_ID = 'emulated-hololens-2-camera';
const CAMERA_GROUP_ID = 'emulated-hololens-2';

/** Whether pages get the camera: `denied` as by the person, `missing` as if there were none. */
export type CameraAccess = 'granted' | 'denied' | 'missing';

export interface EmulatedMediaDevices {
  setAccess(access: CameraAccess): void;
  dispose(): void;
}

/**
 * Puts the emulated camera in the place of the browser's own in `navigator.mediaDevices`. Sound is the machine's,
 * or silence where there is no microphone.
 */
export function installMediaDevices(source: CameraSource, limit: CameraMode): EmulatedMediaDevices {
  const devices = navigator.mediaDevices;
  const native = {
    getUserMedia: devices.getUserMedia.bind(devices),
    enumerateDevices: devices.enumerateDevices.bind(devices),
  };
  let access: CameraAccess = 'granted';

  const getUserMedia = async (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
    const { video, audio } = constraints;
    if (video === undefined || video === false || !asksForOurs(video)) return native.getUserMedia(constraints);
    refuseUnlessGranted(access);
    const sound = audio === undefined || audio === false ? [] : await openMicrophone(native.getUserMedia, audio);
    const wanted = video === true ? {} : video;
    const camera = source.open(pickMode(wanted, limit));
    return new MediaStream([dressTrack({ camera, limit, family: new Set() }, camera.track, wanted), ...sound]);
  };
  const enumerateDevices = async (): Promise<MediaDeviceInfo[]> => {
    const others = (await native.enumerateDevices()).filter((device) => device.kind !== 'videoinput');
    return access === 'missing' ? others : [...others, cameraInfo()];
  };

  // Own properties hide the prototype's methods until they are deleted again.
  Object.defineProperty(devices, 'getUserMedia', { value: getUserMedia, configurable: true, writable: true });
  Object.defineProperty(devices, 'enumerateDevices', { value: enumerateDevices, configurable: true, writable: true });
  return {
    setAccess(next) {
      access = next;
      devices.dispatchEvent(new Event('devicechange'));
    },
    dispose() {
      Reflect.deleteProperty(devices, 'getUserMedia');
      Reflect.deleteProperty(devices, 'enumerateDevices');
    },
  };
}

/** The device has one camera, which looks ahead: only a request for another one, by force, is not for it. */
function asksForOurs(video: true | MediaTrackConstraints): boolean {
  if (video === true) return true;
  const facing = exactString(video.facingMode);
  const device = exactString(video.deviceId);
  return (facing === null || facing === 'environment') && (device === null || device === CAMERA_DEVICE_ID);
}

function exactString(constraint: ConstrainDOMString | undefined): string | null {
  if (constraint === undefined || typeof constraint === 'string' || Array.isArray(constraint)) return null;
  return typeof constraint.exact === 'string' ? constraint.exact : null;
}

function refuseUnlessGranted(access: CameraAccess): void {
  switch (access) {
    case 'granted':
      return;
    case 'denied':
      throw new DOMException('Permission denied', 'NotAllowedError');
    case 'missing':
      throw new DOMException('Requested device not found', 'NotFoundError');
  }
}

async function openMicrophone(
  getUserMedia: MediaDevices['getUserMedia'],
  audio: true | MediaTrackConstraints,
): Promise<readonly MediaStreamTrack[]> {
  try {
    return (await getUserMedia({ audio })).getAudioTracks();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return createSilence();
    throw error;
  }
}

function createSilence(): readonly MediaStreamTrack[] {
  const context = new AudioContext();
  const { stream } = context.createMediaStreamDestination();
  const tracks = stream.getAudioTracks();
  for (const track of tracks) {
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      void context.close();
    };
  }
  return tracks;
}

interface OpenCamera {
  readonly camera: CameraTrack;
  readonly limit: CameraMode;
  /** The track and its clones that still run: the camera stops with the last of them. */
  readonly family: Set<MediaStreamTrack>;
}

/** Gives a track the name, settings and constraints that a camera's track has. */
function dressTrack(opened: OpenCamera, track: MediaStreamTrack, constraints: MediaTrackConstraints): MediaStreamTrack {
  const { camera, limit, family } = opened;
  let current = constraints;
  const native = { stop: track.stop.bind(track), clone: track.clone.bind(track) };
  const methods = {
    getSettings: (): MediaTrackSettings => settingsOf(camera.mode),
    getCapabilities: (): MediaTrackCapabilities => capabilitiesOf(limit),
    getConstraints: (): MediaTrackConstraints => current,
    applyConstraints: async (next: MediaTrackConstraints = {}): Promise<void> => {
      current = next;
      camera.setMode(pickMode(next, limit));
    },
    clone: (): MediaStreamTrack => dressTrack(opened, native.clone(), current),
    stop: (): void => {
      native.stop();
      if (family.delete(track) && family.size === 0) camera.stop();
    },
  };
  family.add(track);
  Object.defineProperty(track, 'label', { value: CAMERA_LABEL, configurable: true });
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(track, name, { value, configurable: true });
  return track;
}

function settingsOf({ width, height, framesPerSecond }: CameraMode): MediaTrackSettings {
  return {
    deviceId: CAMERA_DEVICE_ID,
    groupId: CAMERA_GROUP_ID,
    facingMode: 'environment',
    width,
    height,
    frameRate: framesPerSecond,
    aspectRatio: width / height,
  };
}

function capabilitiesOf(limit: CameraMode): MediaTrackCapabilities {
  return {
    deviceId: CAMERA_DEVICE_ID,
    groupId: CAMERA_GROUP_ID,
    facingMode: ['environment'],
    width: { min: 1, max: limit.width },
    height: { min: 1, max: limit.height },
    frameRate: { min: 1, max: limit.framesPerSecond },
  };
}

function cameraInfo(): MediaDeviceInfo {
  const info = {
    deviceId: CAMERA_DEVICE_ID,
    groupId: CAMERA_GROUP_ID,
    kind: 'videoinput' as const,
    label: CAMERA_LABEL,
  };
  const properties = Object.fromEntries(
    Object.entries({ ...info, toJSON: () => info }).map(([name, value]) => [name, { value, enumerable: true }]),
  );
  return Object.create(MediaDeviceInfo.prototype, properties) as MediaDeviceInfo;
}
