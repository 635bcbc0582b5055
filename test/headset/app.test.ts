import { type Signal, signal } from '@preact/signals-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMesh } from '../../src/client/call/mesh.ts';
import type {
  CallSession,
  ConnectionStatus,
  Contact,
  LinkState,
  Loadable,
  Meeting,
  PeerLink,
  SightlineClient,
} from '../../src/client/types.ts';
import type { CallCommand } from '../../src/domain/call/command.ts';
import type { LoggedEvent } from '../../src/domain/call/event.ts';
import { accept, type Refusal, type Result, refuse } from '../../src/domain/call/refusal.ts';
import type { MeetingKind } from '../../src/domain/meeting/model.ts';
import { documentedHoloLens2Profile } from '../../src/domain/registration/camera.ts';
import { createHeadsetApp } from '../../src/headset/app.ts';
import {
  AUDIO_ONLY,
  createCallDriver,
  DANA,
  DESK,
  dana,
  EVA,
  eva,
  FINN,
  HEADSET,
  hub,
} from '../support/call-fixtures.ts';
import { createFakeDevices, FakeTrack, given } from '../support/fake-devices.ts';
import { contact, meeting } from '../support/headset-views.ts';

/** A call whose log is made by the real rules; this page sees it as a session. */
function createFakeSession(kind: MeetingKind | null = null) {
  const driver = createCallDriver();
  const state = signal(driver.state());
  const listeners = new Set<(logged: LoggedEvent) => void>();
  const sent: CallCommand[] = [];
  const play = (...[command, actor]: Parameters<typeof driver.do>): void => {
    const before = driver.log().length;
    const outcome = driver.do(command, actor);
    if (typeof outcome === 'string') throw new Error(outcome);
    state.value = driver.state();
    for (const logged of driver.log().slice(before)) for (const listener of [...listeners]) listener(logged);
  };
  const takenOut = signal<Refusal | null>(null);
  const session = {
    callId: 'call',
    state,
    meetingKind: signal(kind),
    takenOut,
    send: async (command: CallCommand): Promise<Result<null>> => {
      sent.push(command);
      return accept(null);
    },
    onEvent: (listener: (logged: LoggedEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onRelay: () => () => undefined,
  } as unknown as CallSession;
  play({ type: 'create', kind: 'direct', title: '', meetingId: null }, hub);
  play({ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: AUDIO_ONLY }, hub);
  return { session, sent, play, takenOut };
}
const joinMe = { type: 'join', person: DANA, name: 'Dana Reyes', device: HEADSET, media: AUDIO_ONLY } as const;

function setUp() {
  const current = signal<CallSession | null>(null);
  const incoming = signal<CallSession | null>(null);
  const status = signal<ConnectionStatus>('online');
  const closedBecause = signal<Refusal | null>(null);
  const contacts = signal<Loadable<readonly Contact[]>>({
    state: 'ready',
    value: [contact(EVA, { name: 'Eva Lind' })],
  });
  const meetings = signal<Loadable<readonly Meeting[]>>({ state: 'ready', value: [meeting('m')] });
  const client = {
    status,
    closedBecause,
    contacts,
    meetings,
    incoming,
    current,
    me: signal({ ...contact(DANA, { name: 'Dana Reyes' }), tenantName: 'ABC' }),
    signInHeldUntilMs: signal(null),
    clockOffsetMs: signal(0),
    onMovedAway: () => () => undefined,
    search: vi.fn(async (): Promise<Result<readonly Contact[]>> => accept([])),
    call: vi.fn(async (): Promise<Result<CallSession>> => refuse('busy')),
    add: vi.fn(async (): Promise<Result<null>> => accept(null)),
    joinMeeting: vi.fn(async (): Promise<Result<CallSession>> => refuse('meeting-not-joinable')),
    door: { lobbies: signal([]), place: signal(null), leave: async () => undefined },
    stop: vi.fn(async () => undefined),
  };
  const microphone = new FakeTrack();
  const camera = new FakeTrack();
  const { devices } = createFakeDevices({
    microphone: async () => given(microphone),
    camera: async () => given(camera),
  });
  const links: {
    readonly peer: string;
    readonly state: Signal<LinkState>;
    readonly dispose: ReturnType<typeof vi.fn>;
  }[] = [];
  const app = createHeadsetApp({
    client: client as unknown as SightlineClient,
    devices,
    camera: documentedHoloLens2Profile,
    stillCamera: { take: async () => null },
    space: signal({ spaceEpoch: 1, tracking: true }),
    inRoom: signal(true),
    tenantName: 'ABC',
    version: '1',
    openMedia: createMesh((_session, peer) => {
      const link = {
        peer,
        state: signal<LinkState>('connected'),
        quality: signal({ level: 'good' }),
        remoteVideo: signal(null),
        remoteAudio: signal(null),
        setLocalAudio: vi.fn(),
        setLocalVideo: vi.fn(),
        limitVideo: vi.fn(),
        dispose: vi.fn(),
      };
      links.push(link);
      return link as unknown as PeerLink;
    }),
  });
  const call = () => {
    const screen = app.screen.value;
    if (screen.screen !== 'call') throw new Error(`on ${screen.screen}`);
    return screen;
  };
  const home = () => {
    const screen = app.screen.value;
    if (screen.screen !== 'home') throw new Error(`on ${screen.screen}`);
    return screen;
  };
  return { app, client, current, incoming, status, closedBecause, microphone, camera, links, call, home };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('starting a call', () => {
  it('asks about video once, then calls', async () => {
    const { app, client, home } = setUp();
    app.askToCall(EVA);
    expect(home().starting).toMatchObject({ name: 'Eva Lind', asked: false });
    expect(client.call).not.toHaveBeenCalled();
    await app.start(true);
    expect(client.call).toHaveBeenCalledOnce();
  });

  it('says why it was refused, and lets the camera go', async () => {
    const { app, microphone, camera, home } = setUp();
    app.askToCall(EVA);
    await app.start(true);
    await vi.waitFor(() => expect([camera.stops, microphone.stops]).toEqual([1, 1]));
    expect(app.notice.value).toEqual({ kind: 'refusal', refusal: { code: 'busy' } });
    expect(home().starting).toBeNull();
  });

  it('does nothing when the question is answered with Cancel', async () => {
    const { app, client, home } = setUp();
    app.askToJoin('m');
    app.cancelStart();
    await app.start(true);
    expect(home().starting).toBeNull();
    expect(client.joinMeeting).not.toHaveBeenCalled();
  });
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

describe('an incoming call', () => {
  it('shows who calls, and is answered once', async () => {
    const { app, incoming, home } = setUp();
    const { session, sent } = createFakeSession();
    incoming.value = session;
    expect(home().incoming).toEqual({ from: 'Eva Lind', others: [], meetingTitle: null, answering: false });
    await Promise.all([app.answer(false), app.answer(true)]);
    expect(sent.map((one) => one.type)).toEqual(['answer']);
  });

  it('is declined with Ignore', async () => {
    const { app, incoming } = setUp();
    const { session, sent } = createFakeSession();
    incoming.value = session;
    await app.ignore();
    expect(sent).toEqual([{ type: 'decline', reason: 'declined' }]);
  });
});

describe('adding people to the call', () => {
  function inACall() {
    const setup = setUp();
    const { session, play } = createFakeSession();
    play(joinMe, hub);
    setup.current.value = session;
    return setup;
  }

  it('rings whom the wearer chooses, and closes', async () => {
    const { app, client, call } = inACall();
    app.adding.open();
    expect(call().adding).toMatchObject({ asking: null, refused: null });
    const added = app.adding.add('call', FINN);
    expect(call().adding?.asking).toBe(FINN);
    await added;
    expect(client.add.mock.calls).toEqual([['call', FINN]]);
    expect(call().adding).toBeNull();
  });

  it('stays open with the reason when somebody can’t be added', async () => {
    const { app, client, call } = inACall();
    const refusal = { code: 'external-no-group', reference: 'K7QXM2PD' } as const;
    client.add.mockResolvedValue({ ok: false, refusal });
    app.adding.open();
    await app.adding.add('call', FINN);
    expect(call().adding).toMatchObject({ asking: null, refused: { person: FINN, refusal } });
    app.adding.close();
    app.adding.open();
    expect(call().adding?.refused).toBeNull();
  });

  it('says nothing of an answer that comes after it was closed', async () => {
    const { app, client, call } = inACall();
    let answer: (result: Result<null>) => void = () => undefined;
    client.add.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    app.adding.open();
    const added = app.adding.add('call', FINN);
    app.adding.close();
    answer(refuse('busy'));
    await added;
    expect(call().adding).toBeNull();
  });

  it('ends with the call', () => {
    const { app, current, home } = inACall();
    app.adding.open();
    current.value = null;
    expect(home().open).toBe('none');
    expect(app.adding.isOpen.value).toBe(false);
  });
});

describe('the search', () => {
  it('asks once the typing pauses, and forgets answers to older questions', async () => {
    vi.useFakeTimers();
    const { app, client } = setUp();
    let answerFirst = (_: Result<readonly Contact[]>): void => undefined;
    client.search.mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve)));
    client.search.mockImplementationOnce(async () => refuse('not-found'));
    app.search.set('e');
    await vi.runAllTimersAsync();
    expect(client.search).not.toHaveBeenCalled();
    app.search.set('ev');
    await vi.runAllTimersAsync();
    app.search.set('eva');
    await vi.runAllTimersAsync();
    expect(app.search.view.value.found).toEqual({ state: 'ready', value: [] });
    answerFirst(accept([contact('old')]));
    await vi.runAllTimersAsync();
    expect(app.search.view.value).toEqual({ query: 'eva', found: { state: 'ready', value: [] } });
  });
});

describe('a closed connection', () => {
  it('says why, and that signing in helps', () => {
    const { app, status, closedBecause } = setUp();
    closedBecause.value = { code: 'sign-in-expired' };
    status.value = 'closed';
    expect(app.screen.value).toEqual({ screen: 'closed', tenantName: 'ABC', refusal: { code: 'sign-in-expired' } });
  });
});
