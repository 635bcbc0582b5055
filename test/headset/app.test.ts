import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Contact } from '../../src/client/types.ts';
import { accept, type Result, refuse } from '../../src/domain/call/refusal.ts';
import { EVA, FINN, hub } from '../support/call-fixtures.ts';
import { contact } from '../support/headset-views.ts';
import { createFakeSession, joinMe, setUp } from './app-bench.ts';

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
