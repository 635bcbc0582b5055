import { signal } from '@preact/signals-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallSession, SightlineClient } from '../../src/client/types.ts';
import type { LoggedEvent } from '../../src/domain/call/event.ts';
import type { CallState } from '../../src/domain/call/state.ts';
import { watchEnd } from '../../src/join/watch-end.ts';
import { type createCallDriver, DANA, dana, EVA, eva, hub, joinedCall } from '../support/call-fixtures.ts';

type Driver = ReturnType<typeof createCallDriver>;

function setUp() {
  const call: Driver = joinedCall();
  const state = signal<CallState>(call.state());
  let listener: (logged: LoggedEvent) => void = () => {};
  const session = {
    state,
    onEvent: (heard: (logged: LoggedEvent) => void) => {
      listener = heard;
      return () => {
        listener = () => {};
      };
    },
  } satisfies Pick<CallSession, 'state' | 'onEvent'>;
  const current = signal<CallSession | null>(session as unknown as CallSession);
  const ends: string[] = [];
  const client = { current } as Pick<SightlineClient, 'current'>;
  const stop = watchEnd({ client, session, me: EVA }, (end) => ends.push(end));
  /** As a session does: first the state, then each event. */
  const run = async (work: () => void): Promise<void> => {
    const seen = call.log().length;
    work();
    state.value = call.state();
    for (const logged of call.log().slice(seen)) listener(logged);
    await Promise.resolve();
  };
  return { call, run, ends, current, stop };
}

let test: ReturnType<typeof setUp>;
beforeEach(() => {
  test = setUp();
});

describe('how a call ends for one person', () => {
  it('it goes on while others come and go', async () => {
    await test.run(() =>
      test.call.do({ type: 'setMedia', media: { audio: false, video: 'off', problem: 'none' } }, eva),
    );
    await test.run(() => test.call.do({ type: 'leave' }, dana));
    expect(test.ends).toEqual([]);
  });

  it('somebody ended a call of two for both, which its log tells as leaving', async () => {
    await test.run(() => test.call.do({ type: 'end' }, hub));
    expect(test.ends).toEqual(['left']);
  });

  it('who leaves has left, though the others go on', async () => {
    await test.run(() => test.call.do({ type: 'leave' }, eva));
    expect(test.ends).toEqual(['left']);
  });

  it('who was away for too long is told so', async () => {
    await test.run(() => {
      test.call.do({ type: 'loseConnection', person: EVA }, hub);
      test.call.do({ type: 'giveUpOn', person: EVA }, hub);
    });
    expect(test.ends).toEqual(['lost']);
  });

  it('rules of the company took this person out, and nobody else', async () => {
    await test.run(() => test.call.do({ type: 'remove', person: DANA }, hub));
    expect(test.ends).toEqual([]);
    await test.run(() => test.call.do({ type: 'remove', person: EVA }, hub));
    expect(test.ends).toEqual(['not-allowed']);
  });

  it('another page of the same person is in it instead', async () => {
    test.current.value = null;
    await Promise.resolve();
    expect(test.ends).toEqual(['takenOver']);
  });

  it('it is told once, and not to a page that is gone', async () => {
    test.current.value = null;
    await test.run(() => test.call.do({ type: 'leave' }, eva));
    expect(test.ends).toHaveLength(1);
    const other = setUp();
    other.stop();
    other.current.value = null;
    await Promise.resolve();
    expect(other.ends).toEqual([]);
  });
});
