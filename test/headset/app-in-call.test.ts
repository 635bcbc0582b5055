import { afterEach, describe, expect, it, vi } from 'vitest';
import { accept } from '../../src/domain/call/refusal.ts';
import { AUDIO_ONLY, DANA, DESK, dana, EVA, eva, FINN, hub } from '../support/call-fixtures.ts';
import { createFakeSession, joinMe, setUp } from './app-bench.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a call', () => {
  it('uses the media that were asked for while the hub answered', async () => {
    const { app, client, current, camera, call } = setUp();
    const { session, play } = createFakeSession();
    client.joinMeeting.mockImplementation(async () => {
      play(joinMe, hub);
      current.value = session;
      return accept(session);
    });
    app.askToJoin('m');
    await app.start(true);
    await vi.waitFor(() => expect(call().media.video).toBe('live'));
    expect([call().media.muted, camera.stops]).toEqual([false, 0]);
  });

  it('tells what is sent and through which camera experts look', async () => {
    const { app, current } = setUp();
    const { session, sent, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    await vi.waitFor(() => expect(sent.map((one) => one.type)).toContain('describeCamera'));
    await app.call.value?.own.setVideo('camera');
    await vi.waitFor(() =>
      expect(sent).toContainEqual({ type: 'setMedia', media: { audio: true, video: 'camera', problem: 'none' } }),
    );
    expect(sent).toContainEqual(expect.objectContaining({ type: 'describeCamera', spaceEpoch: 1, tracking: true }));
  });

  it('says that somebody is reconnecting when nothing comes from them, though the hub still hears them', () => {
    const { current, links, call } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    const evasState = () => call().participants.find((one) => one.person === EVA)?.state;
    const [link] = links;
    if (link === undefined) throw new Error('no link');
    link.state.value = 'reconnecting';
    expect(evasState()).toBe('reconnecting');
    link.state.value = 'connected';
    expect(evasState()).toBe('joined');
  });

  it('says that there is no path to somebody, whatever the own camera does', () => {
    const { current, links, call } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    const view = () => call().participants.find((one) => one.person === EVA);
    const [link] = links;
    if (link === undefined) throw new Error('no link');
    expect(view()?.noPath).toBe(false);
    link.state.value = 'no-path';
    expect(view()).toMatchObject({ noPath: true, state: 'joined' });
    expect(call().media.cameraProblem).toBe('none');
  });

  it('links everybody who is in it, once, and nobody who has left', () => {
    const { current, links } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    play({ type: 'setMedia', media: AUDIO_ONLY }, eva);
    expect(links.map((one) => one.peer)).toEqual([EVA]);
    current.value = null;
    expect(links[0]?.dispose).toHaveBeenCalledOnce();
  });

  it('comes back to the contacts at its end, and says why it ended', async () => {
    const { app, current, microphone, home } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    await vi.waitFor(() => expect(app.call.value?.own.audioTrack.value).not.toBeNull());
    play({ type: 'leave' }, eva);
    current.value = null;
    expect(home().screen).toBe('home');
    expect(app.notice.value).toMatchObject({ kind: 'call-over', name: 'Eva Lind' });
    expect(microphone.stops).toBe(1);
  });

  it('ends without a word when the wearer ended it', async () => {
    const { app, current } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    await app.call.value?.leave();
    play({ type: 'leave' }, dana);
    current.value = null;
    expect(app.notice.value).toBeNull();
  });

  it.each(['scheduled', null] as const)('of kind %s ends with one press of End Call', (kind) => {
    const { app, current, call } = setUp();
    const { session, sent, play } = createFakeSession(kind);
    play(joinMe, hub);
    current.value = session;
    app.call.value?.end();
    expect(sent).toContainEqual({ type: 'leave' });
    expect([call().asksToEnd, call().ending]).toEqual([false, true]);
  });

  it('that cannot be opened again ends only once the wearer was asked', async () => {
    const { app, current, call } = setUp();
    const { session, sent, play } = createFakeSession('oneTime');
    play(joinMe, hub);
    current.value = session;
    app.call.value?.end();
    expect([call().asksToEnd, call().ending]).toEqual([true, false]);
    app.call.value?.stay();
    expect([call().asksToEnd, call().ending]).toEqual([false, false]);
    expect(sent).not.toContainEqual({ type: 'leave' });
    app.call.value?.end();
    await app.call.value?.leave();
    expect(sent).toContainEqual({ type: 'leave' });
    expect([call().asksToEnd, call().ending]).toEqual([false, true]);
  });

  const callOfThree = () => {
    const { session, play, takenOut } = createFakeSession();
    play(joinMe, hub);
    play({ type: 'ring', person: FINN, name: 'Finn Hale', from: EVA }, hub);
    return { session, play, takenOut };
  };

  it('that a rule ends for the wearer says so, though it goes on for others', () => {
    const { app, current } = setUp();
    const { session, play } = callOfThree();
    current.value = session;
    play({ type: 'remove', person: DANA }, hub);
    current.value = null;
    expect(app.notice.value).toEqual({ kind: 'call-over', reason: 'not-allowed', name: '' });
  });

  it('that a rule ends for the wearer has a reference to quote, where the hub gave one', () => {
    const { app, current } = setUp();
    const { session, play, takenOut } = callOfThree();
    current.value = session;
    const refusal = { code: 'barrier', reference: 'ABCD2345' } as const;
    takenOut.value = refusal;
    play({ type: 'remove', person: DANA }, hub);
    current.value = null;
    expect(app.notice.value).toEqual({ kind: 'call-over', reason: 'not-allowed', name: '', refusal });
  });

  it('that a rule ends for the other one says so, too', () => {
    const { app, current } = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    current.value = session;
    play({ type: 'remove', person: EVA }, hub);
    current.value = null;
    expect(app.notice.value).toMatchObject({ kind: 'call-over', reason: 'not-allowed' });
  });

  it('goes on without somebody who was rung in vain, and says so', () => {
    const { app, current, call } = setUp();
    const { session, play } = callOfThree();
    current.value = session;
    expect(call().participants.map(({ name, state }) => [name, state])).toContainEqual(['Finn Hale', 'ringing']);
    play({ type: 'ringTimedOut', person: FINN }, hub);
    expect(app.notice.value).toEqual({ kind: 'person-gone', reason: 'missed', name: 'Finn Hale' });
    expect(call().participants.map(({ name }) => name)).not.toContain('Finn Hale');
  });

  it('names who rings first, then the others who are in it', () => {
    const { incoming, home } = setUp();
    const { session, play } = createFakeSession();
    play({ type: 'join', person: FINN, name: 'Finn Hale', device: { ...DESK, id: 'f' }, media: AUDIO_ONLY }, hub);
    play({ type: 'ring', person: DANA, name: 'Dana Reyes', from: FINN }, hub);
    incoming.value = session;
    expect(home().incoming).toMatchObject({ from: 'Finn Hale', others: ['Eva Lind'] });
  });

  it('rings outwards while everybody else is only ringing', () => {
    const { app, incoming, current } = setUp();
    const { session, play } = createFakeSession();
    expect(app.ringing.value).toBe('none');
    incoming.value = session;
    expect(app.ringing.value).toBe('incoming');
    incoming.value = null;
    play(joinMe, hub);
    current.value = session;
    expect(app.ringing.value).toBe('none');
  });
});
