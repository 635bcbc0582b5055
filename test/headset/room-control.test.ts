import { describe, expect, it, vi } from 'vitest';
import type { Room } from '../../src/headset/room.ts';
import { createRoomControl, type RoomControlDeps } from '../../src/headset/room-control.ts';
import { reportCapabilities } from '../../src/headset/xr/capabilities.ts';
import type { RoomMode } from '../../src/ui/panels/view.ts';

function setUp(mode: RoomMode | null, overrides: Partial<RoomControlDeps> = {}) {
  let listeners: Parameters<RoomControlDeps['loadRoom']>[0] | null = null;
  const room = {
    enter: vi.fn(async () => undefined),
    leave: vi.fn(async () => undefined),
    show: vi.fn(),
    showVideo: vi.fn(),
    setPinned: vi.fn(),
    dispose: vi.fn(),
  };
  const reported = { mode };
  const control = createRoomControl({
    reportCapabilities: async () => ({ capabilities: [], mode: reported.mode }),
    loadRoom: async (given) => {
      listeners = given;
      return room as unknown as Room;
    },
    startEmulator: async () => {
      reported.mode = 'immersive-ar';
    },
    ...overrides,
  });
  const told = () => {
    if (listeners === null) throw new Error('the room was not loaded');
    return listeners;
  };
  return { control, room, told };
}
const HERE = { allowEmulator: true, emulate: false };

describe('the way into the room', () => {
  it('is offered once everything it needs is loaded', async () => {
    const { control, room } = setUp('immersive-ar');
    expect(control.view.value.state).toBe('checking');
    await control.start(HERE);
    expect(control.view.value).toMatchObject({ state: 'ready', mode: 'immersive-ar', emulator: 'not-offered' });
    await control.enter();
    expect(room.enter).toHaveBeenCalledExactlyOnceWith('immersive-ar');
    expect(control.view.value.state).toBe('active');
  });

  it('comes back to the page when the device ends the session', async () => {
    const { control, told } = setUp('immersive-ar');
    await control.start(HERE);
    await control.enter();
    told().setLost(true);
    told().ended();
    expect(control.view.value).toMatchObject({ state: 'ready', lost: false, failed: false });
  });

  it('says when the device refuses, and can be tried again', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { control, room } = setUp('immersive-ar');
    room.enter.mockRejectedValueOnce(new Error('no'));
    await control.start(HERE);
    await control.enter();
    expect(control.view.value).toMatchObject({ state: 'ready', failed: true });
    await control.enter();
    expect(control.view.value).toMatchObject({ state: 'active', failed: false });
    warn.mockRestore();
  });

  it('offers an emulated headset where there is none and where it may be used', async () => {
    const { control } = setUp(null);
    await control.start(HERE);
    expect(control.view.value).toMatchObject({ state: 'unavailable', emulator: 'offered' });
    await control.emulate();
    expect(control.view.value).toMatchObject({ state: 'ready', mode: 'immersive-ar', emulator: 'running' });
    const other = setUp(null).control;
    await other.start({ allowEmulator: false, emulate: true });
    expect(other.view.value).toMatchObject({ state: 'unavailable', emulator: 'not-offered' });
  });

  it('starts the emulated headset before anything asks the browser', async () => {
    const order: string[] = [];
    const { control } = setUp(null, {
      startEmulator: async () => void order.push('emulator'),
      reportCapabilities: async () => {
        order.push('report');
        return { capabilities: [], mode: 'immersive-ar' };
      },
    });
    await control.start({ allowEmulator: true, emulate: true });
    expect(order).toEqual(['emulator', 'report']);
  });

  it('shows in the room what was shown before it was loaded', async () => {
    const { control, room } = setUp('immersive-ar');
    const panels = [{ id: 'home' }] as never;
    control.show(panels);
    control.togglePin();
    await control.start(HERE);
    expect(room.show).toHaveBeenLastCalledWith(panels);
    expect(room.setPinned).toHaveBeenLastCalledWith(true);
  });

  it('tells where the headset is', async () => {
    const { control, told } = setUp('immersive-ar');
    await control.start(HERE);
    told().spaceChanged(3, true);
    expect(control.space.value).toEqual({ spaceEpoch: 3, tracking: true });
  });

  it('disposes of a room that comes after the page has gone', async () => {
    const { control, room } = setUp('immersive-ar');
    const starting = control.start(HERE);
    control.dispose();
    await starting;
    expect(room.show).not.toHaveBeenCalled();
    expect(room.enter).not.toHaveBeenCalled();
  });
});

describe('the capability report', () => {
  const devices = { enumerateDevices: async () => [{ kind: 'videoinput' }] as MediaDeviceInfo[] };
  const xr = (modes: readonly string[]) => ({ isSessionSupported: async (mode: string) => modes.includes(mode) });
  const facts = { secure: true, webgl2: true, mediaDevices: devices };

  it.each([
    [xr(['immersive-ar', 'immersive-vr']), 'immersive-ar'],
    [xr(['immersive-vr']), 'immersive-vr'],
    [xr([]), null],
    [null, null],
    [{ isSessionSupported: async () => Promise.reject(new DOMException('no', 'SecurityError')) }, null],
  ])('chooses the best way in (%#)', async (offered, mode) => {
    expect((await reportCapabilities({ ...facts, xr: offered })).mode).toBe(mode);
  });

  it('finds no way in on a page that is not secure', async () => {
    const report = await reportCapabilities({ ...facts, secure: false, xr: xr(['immersive-ar']) });
    expect(report.mode).toBeNull();
    expect(report.capabilities).toContainEqual({ name: 'secure', present: false });
  });

  it('names what there is', async () => {
    const { capabilities } = await reportCapabilities({ ...facts, xr: xr(['immersive-ar']) });
    const present = capabilities.filter((one) => one.present).map((one) => one.name);
    expect(present).toEqual(['secure', 'webgl2', 'webxr', 'immersive-ar', 'camera']);
  });
});
