import { createLocalSource, type LocalDevices, type LocalMedia } from '../../src/client/media/local-media.ts';

/** As much of a track as pages use of their own ones. */
export class FakeTrack extends EventTarget {
  enabled = true;
  stops = 0;
  stop(): void {
    this.stops += 1;
  }
  /** As browsers do when a device goes: never for `stop`. */
  end(): void {
    this.dispatchEvent(new Event('ended'));
  }
}

/** A track of a device as a page gets it. */
export function given(track: FakeTrack): LocalMedia {
  return { ok: true, source: createLocalSource(track as unknown as MediaStreamTrack) };
}

/** Devices that give a new track each time, unless told otherwise; `tracks` in the order in which they were given. */
export function createFakeDevices(instead: Partial<LocalDevices> = {}) {
  const tracks: FakeTrack[] = [];
  const give = async (): Promise<LocalMedia> => {
    const track = new FakeTrack();
    tracks.push(track);
    return given(track);
  };
  const devices: LocalDevices = { microphone: give, camera: give, screen: give, ...instead };
  return { devices, tracks };
}

/** A device whose person takes time to answer the browser. */
export function createSlowDevice() {
  const answers: ((media: LocalMedia) => void)[] = [];
  return {
    ask: (): Promise<LocalMedia> => new Promise((resolve) => answers.push(resolve)),
    /** Answers the oldest open request. */
    answer: (media: LocalMedia): void => {
      const resolve = answers.shift();
      if (resolve === undefined) throw new Error('Nobody has asked.');
      resolve(media);
    },
    waiting: (): number => answers.length,
  };
}
