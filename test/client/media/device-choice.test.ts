import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDeviceChoice } from '../../../src/client/media/device-choice.ts';
import { FakeTrack } from '../../support/fake-devices.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label = '') => ({ kind, deviceId, label }) as MediaDeviceInfo;
const PLUGGED = [
  device('videoinput', 'cam-1', 'Front'),
  device('videoinput', 'cam-2', 'Rear'),
  device('audioinput', 'mic-1', 'Headset'),
  device('audiooutput', 'out-1', 'Speaker'),
];

function setUp(plugged: readonly MediaDeviceInfo[] = PLUGGED) {
  const machine = new EventTarget();
  const state = { plugged };
  const asked: MediaStreamConstraints[] = [];
  const media = Object.assign(machine, {
    enumerateDevices: async () => [...state.plugged],
    getUserMedia: async (constraints: MediaStreamConstraints) => {
      asked.push(constraints);
      return { getTracks: () => [new FakeTrack()] } as unknown as MediaStream;
    },
  });
  vi.stubGlobal('navigator', { mediaDevices: media });
  const choice = createDeviceChoice('environment', media);
  return { choice, asked, state, plug: () => machine.dispatchEvent(new Event('devicechange')) };
}
const lastVideo = (asked: readonly MediaStreamConstraints[]) => asked.at(-1)?.video as MediaTrackConstraints;

afterEach(() => vi.unstubAllGlobals());

describe('which camera and microphone a page uses', () => {
  it('lists cameras and microphones with the names that the browser gives them, and nothing else', async () => {
    const { choice } = setUp();
    await vi.waitFor(() => expect(choice.cameras.value).toHaveLength(2));
    expect(choice.cameras.value).toEqual([
      { id: 'cam-1', label: 'Front' },
      { id: 'cam-2', label: 'Rear' },
    ]);
    expect(choice.microphones.value).toEqual([{ id: 'mic-1', label: 'Headset' }]);
  });

  it('lists none that the browser does not tell apart yet', async () => {
    const { choice, state, plug } = setUp([device('videoinput', ''), device('audioinput', '')]);
    state.plugged = [device('videoinput', ''), device('audioinput', 'mic-1', 'Headset')];
    plug();
    await vi.waitFor(() => expect(choice.microphones.value).toHaveLength(1));
    expect(choice.cameras.value).toEqual([]);
  });

  it('follows what is plugged in, until the page lets go', async () => {
    const { choice, state, plug } = setUp();
    state.plugged = PLUGGED.slice(1);
    plug();
    await vi.waitFor(() => expect(choice.cameras.value).toHaveLength(1));
    choice.dispose();
    state.plugged = PLUGGED;
    plug();
    await Promise.resolve();
    expect(choice.cameras.value).toHaveLength(1);
  });

  it('looks for names again once a device was given', async () => {
    const { choice, state } = setUp([device('videoinput', 'cam-1')]);
    await vi.waitFor(() => expect(choice.cameras.value).toEqual([{ id: 'cam-1', label: '' }]));
    state.plugged = PLUGGED;
    await choice.devices.camera();
    await vi.waitFor(() => expect(choice.cameras.value[0]?.label).toBe('Front'));
  });

  it('asks for the side that a phone’s camera should look to, or for the camera that was chosen by name', async () => {
    const { choice, asked } = setUp();
    await choice.devices.camera();
    expect(lastVideo(asked)).toMatchObject({ facingMode: { ideal: 'environment' } });
    choice.turnCamera();
    await choice.devices.camera();
    expect(lastVideo(asked)).toMatchObject({ facingMode: { ideal: 'user' } });
    choice.chooseCamera('cam-2');
    await choice.devices.camera();
    expect(lastVideo(asked)).toMatchObject({ deviceId: { ideal: 'cam-2' } });
    expect(lastVideo(asked)).not.toHaveProperty('facingMode');
    choice.turnCamera();
    expect([choice.camera.value, choice.canTurn]).toEqual([null, true]);
  });

  it('asks for the microphone that was chosen', async () => {
    const { choice, asked } = setUp();
    choice.chooseMicrophone('mic-1');
    await choice.devices.microphone();
    expect(asked.at(-1)?.audio).toMatchObject({ deviceId: { ideal: 'mic-1' } });
  });

  it('lists nothing on a page that has no devices at all', async () => {
    vi.stubGlobal('navigator', {});
    const choice = createDeviceChoice('user');
    expect([choice.cameras.value, choice.microphones.value]).toEqual([[], []]);
  });
});
