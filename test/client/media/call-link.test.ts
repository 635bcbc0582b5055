import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { type CallLinkOptions, createCallLink } from '../../../src/client/media/call-link.ts';
import type { MediaLinkControl, MediaLinkOptions } from '../../../src/client/media/media-link.ts';
import type { ConnectionStatus, SignalPayload } from '../../../src/client/types.ts';
import { DANA, EVA } from '../../support/call-fixtures.ts';

const PAYLOAD: SignalPayload = { type: 'restart' };

function setUp({ self, peer, ...more }: { self: string; peer: string } & Partial<CallLinkOptions>) {
  const status = signal<ConnectionStatus>('connecting');
  const listeners = new Set<(from: string, payload: SignalPayload) => void>();
  const session = {
    sendSignal: vi.fn(),
    onSignal: (listener: (from: string, payload: SignalPayload) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const client = {
    me: signal({ key: self }),
    status,
    iceServers: async () => [],
  } as unknown as CallLinkOptions['client'];
  const control = { peer, restartIce: vi.fn(), dispose: vi.fn() };
  let made: MediaLinkOptions | null = null;
  const link = createCallLink({ client, session, peer, relayOnly: false, ...more }, (options) => {
    made = options;
    return control as unknown as MediaLinkControl;
  });
  const options = (): MediaLinkOptions => {
    if (made === null) throw new Error('No link was made.');
    return made;
  };
  const hear = (from: string): void => {
    for (const listener of listeners) listener(from, PAYLOAD);
  };
  return { link, options, control, session, status, hear, listeners };
}

describe('the link to one other person of a call', () => {
  it('negotiates with that person alone', () => {
    const { options, session, hear, listeners } = setUp({ self: EVA, peer: DANA });
    const received = vi.fn();
    const stop = options().signal.subscribe(received);
    hear(EVA);
    expect(received).not.toHaveBeenCalled();
    hear(DANA);
    expect(received).toHaveBeenCalledExactlyOnceWith(PAYLOAD);
    options().signal.send(PAYLOAD);
    expect(session.sendSignal).toHaveBeenCalledExactlyOnceWith(DANA, PAYLOAD);
    stop();
    expect(listeners.size).toBe(0);
  });

  it('is polite on exactly one side', () => {
    const sides = [setUp({ self: EVA, peer: DANA }), setUp({ self: DANA, peer: EVA })];
    expect(sides.map(({ options }) => options().polite).toSorted()).toEqual([false, true]);
  });

  it('takes the way and the delay that were asked for', () => {
    expect(setUp({ self: EVA, peer: DANA }).options().iceTransportPolicy).toBe('all');
    const { options } = setUp({ self: EVA, peer: DANA, relayOnly: true, receiverHoldMs: 150 });
    expect(options()).toMatchObject({ iceTransportPolicy: 'relay', receiverHoldMs: 150 });
  });

  it('is mended each time the hub is back, until its end', () => {
    const { control, status, link } = setUp({ self: EVA, peer: DANA });
    expect(control.restartIce).not.toHaveBeenCalled();
    status.value = 'online';
    status.value = 'reconnecting';
    expect(control.restartIce).toHaveBeenCalledTimes(1);
    status.value = 'online';
    expect(control.restartIce).toHaveBeenCalledTimes(2);
    link.dispose();
    status.value = 'reconnecting';
    status.value = 'online';
    expect(control.restartIce).toHaveBeenCalledTimes(2);
    expect(control.dispose).toHaveBeenCalledOnce();
  });
});
