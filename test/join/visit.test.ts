import { signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import type { JoinLink, KnockAnswer } from '../../src/client/join/join-link.ts';
import type {
  CallSession,
  ConnectionStatus,
  LobbyPlaceNews,
  MeetingEntry,
  OwnPart,
  SightlineClient,
} from '../../src/client/types.ts';
import { accept, type Refusal, type Result, refuse } from '../../src/domain/call/refusal.ts';
import type { CallState } from '../../src/domain/call/state.ts';
import { type Access, startVisit, type VisitNews } from '../../src/join/visit.ts';
import { EVA, joinedCall } from '../support/call-fixtures.ts';

const MEETING = 'meeting-1';
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
const PLACE = { number: 1, waitedMs: 0 } as const;
const PART: OwnPart = { class: 'anonymous', signedIn: false, kind: 'oneTime' };
const TICKET: KnockAnswer = {
  ...{ meetingId: MEETING, person: EVA, name: 'Carla', ticket: 'ticket', ticketEndsMs: 9 },
};

/** The hub at its door, as far as a visit asks it. */
function setUp(
  account: { accessToken(): Promise<{ token: string; expiresAtMs: number }> } | null = null,
  returning = false,
) {
  const call = joinedCall();
  const session = {
    ...{ callId: call.state().callId, state: signal<CallState>(call.state()) },
    ...{ onEvent: () => () => {}, send: vi.fn(async () => accept(null)) },
  } as unknown as CallSession;
  const status = signal<ConnectionStatus>('connecting');
  const closedBecause = signal<Refusal | null>(null);
  let tellPlace: (news: LobbyPlaceNews) => void = () => {};
  const enterMeeting = vi.fn<() => Promise<Result<MeetingEntry>>>(async () =>
    accept({ state: 'waiting', place: PLACE }),
  );
  const client = {
    ...{ status, closedBecause, enterMeeting, me: signal({ key: EVA }), current: signal(session) },
    ...{ start: vi.fn(), stop: vi.fn(async () => {}), leaveLobby: vi.fn(async () => {}) },
    onLobbyPlace: (listener: typeof tellPlace) => {
      tellPlace = listener;
      return () => {
        tellPlace = () => {};
      };
    },
  };
  const knock = vi.fn<JoinLink['knock']>(async () => accept(TICKET));
  const connect = vi.fn<(access: Access) => Promise<SightlineClient>>(async () => client as unknown as SightlineClient);
  const news: VisitNews[] = [];
  let nowMs = 1_000;
  const onUnreachable = vi.fn();
  const visit = startVisit(
    { name: account === null ? 'Carla' : '', account, returning },
    {
      ...{ token: TOKEN, connect, onUnreachable, onNews: (one) => void news.push(one), nowMs: () => nowMs },
      link: { knock, look: () => Promise.reject(new Error('looks at nothing')) },
    },
  );
  const settle = () => vi.waitFor(() => expect(client.start).toHaveBeenCalled());
  const online = async (): Promise<void> => {
    await settle();
    status.value = 'online';
    await vi.waitFor(() =>
      expect(enterMeeting.mock.settledResults.every(({ type }) => type !== 'incomplete')).toBe(true),
    );
    await Promise.resolve();
  };
  /** Interrupted for so long. */
  const drop = (ms: number): void => {
    status.value = 'reconnecting';
    nowMs += ms;
  };
  const place = (one: Omit<LobbyPlaceNews, 'meetingId'>, meetingId = MEETING): void =>
    tellPlace({ meetingId, ...one } as LobbyPlaceNews);
  const letIn = () => enterMeeting.mockResolvedValue(accept({ state: 'in', session, part: PART }));
  return {
    drop,
    visit,
    news,
    knock,
    connect,
    onUnreachable,
    client,
    session,
    status,
    closedBecause,
    online,
    settle,
    place,
    letIn,
  };
}

describe('a visit', () => {
  it('knocks, waits, and comes in once it is admitted', async () => {
    const { visit, news, client, online, place, letIn, session } = setUp();
    await online();
    expect(client.enterMeeting).toHaveBeenCalledWith(expect.objectContaining({ meetingId: MEETING, link: TOKEN }));
    expect(news).toEqual([{ type: 'waiting', place: PLACE, anew: false }]);
    letIn();
    place({ state: 'admitted' });
    await vi.waitFor(() => expect(news.at(-1)).toEqual({ type: 'cameIn' }));
    expect(visit.call.value).toMatchObject({ session, me: EVA, part: PART });
  });

  it('comes with a ticket where there is no sign-in, and with the account where there is one', async () => {
    const guest = setUp();
    await guest.settle();
    const access = guest.connect.mock.calls[0]?.[0];
    expect(access?.byTicket).toBe(true);
    expect(await access?.accessToken()).toEqual({ token: 'ticket', expiresAtMs: Number.POSITIVE_INFINITY });

    const mine = { token: 'mine', expiresAtMs: 5 };
    const known = setUp({ accessToken: async () => mine });
    known.knock.mockResolvedValue(accept({ ...TICKET, ticket: null, ticketEndsMs: null }));
    await vi.waitFor(() => expect(known.connect).toHaveBeenCalled());
    expect(known.knock).toHaveBeenCalledWith('', 'mine');
  });

  it('tells why the door is shut, before there is any way to the hub', async () => {
    const { news, knock, connect } = setUp();
    knock.mockResolvedValue(refuse('link-expired'));
    await vi.waitFor(() => expect(news).toEqual([{ type: 'refused', code: 'link-expired' }]));
    expect(connect).not.toHaveBeenCalled();
  });

  it('is asked for again by nobody but the person where the hub is out of reach', async () => {
    const { visit, news, connect, onUnreachable } = setUp();
    connect.mockRejectedValue(new Error('no code'));
    await vi.waitFor(() => expect(onUnreachable).toHaveBeenCalledTimes(1));
    expect(news).toEqual([]);
    visit.dispose();
  });

  it('takes its place in the lobby again after a drop', async () => {
    const { news, client, online, drop } = setUp();
    await online();
    const place = { number: 1, waitedMs: 20_001 };
    client.enterMeeting.mockResolvedValue(accept({ state: 'waiting', place }));
    drop(20_000);
    await online();
    expect(client.enterMeeting).toHaveBeenCalledTimes(2);
    expect(news.at(-1)).toEqual({ type: 'waiting', place, anew: false });
  });

  it('says after a drop that it asks by itself, and so hears of a Deny in between', async () => {
    const { news, client, online, drop } = setUp();
    await online();
    expect(client.enterMeeting).toHaveBeenLastCalledWith(expect.objectContaining({ again: false }));
    client.enterMeeting.mockResolvedValue(refuse('lobby-denied'));
    drop(20_000);
    await online();
    expect(client.enterMeeting).toHaveBeenLastCalledWith(expect.objectContaining({ again: true }));
    expect(news.at(-1)).toEqual({ type: 'refused', code: 'lobby-denied' });
  });

  it('tells that the place was not kept, where the hub has not waited with it for as long as the drop took', async () => {
    const { news, client, online, drop } = setUp();
    await online();
    const place = { number: 4, waitedMs: 10 };
    client.enterMeeting.mockResolvedValue(accept({ state: 'waiting', place }));
    drop(75_000);
    await online();
    expect(news.at(-1)).toEqual({ type: 'waiting', place, anew: true });
  });

  it('stays in the call over a drop, without asking at the door', async () => {
    const { client, online, letIn, status, visit } = setUp();
    letIn();
    await online();
    await vi.waitFor(() => expect(visit.call.value).not.toBeNull());
    status.value = 'reconnecting';
    status.value = 'online';
    expect(client.enterMeeting).toHaveBeenCalledTimes(1);
    expect(visit.status.value).toBe('online');
  });

  it.each([
    [{ state: 'turnedAway', code: 'one-time-full' } as const, { type: 'refused', code: 'one-time-full' }],
    [{ state: 'takenOver' } as const, { type: 'takenOver' }],
    [
      { state: 'waiting', place: { number: 3, waitedMs: 7 } } as const,
      { type: 'waiting', place: { number: 3, waitedMs: 7 }, anew: false },
    ],
  ])('passes on what becomes of the place: %o', async (told, expected) => {
    const { news, online, place } = setUp();
    await online();
    place(told);
    expect(news.at(-1)).toEqual(expected);
  });

  it('does not mind the lobby of another meeting', async () => {
    const { news, online, place } = setUp();
    await online();
    place({ state: 'admitted' }, 'meeting-2');
    place({ state: 'takenOver' }, 'meeting-2');
    expect(news).toEqual([{ type: 'waiting', place: PLACE, anew: false }]);
  });

  it('is refused by the reason for which the hub has closed the way for good', async () => {
    const { news, online, status, closedBecause } = setUp();
    await online();
    closedBecause.value = { code: 'link-revoked' };
    status.value = 'closed';
    expect(news.at(-1)).toEqual({ type: 'refused', code: 'link-revoked' });
  });

  it('makes nothing of an answer that never came: it asks again once the hub is back', async () => {
    const { news, client, online, status } = setUp();
    client.enterMeeting.mockImplementationOnce(async () => {
      status.value = 'reconnecting';
      return refuse('internal');
    });
    await online();
    expect(news).toEqual([]);
    await online();
    expect(news).toEqual([{ type: 'waiting', place: PLACE, anew: false }]);
  });

  it('leaves the lobby, or the call, and tells nothing after it is disposed of', async () => {
    const { visit, news, client, online, letIn, place, session, status } = setUp();
    await online();
    await visit.withdraw();
    expect(client.leaveLobby).toHaveBeenCalledWith(MEETING);
    letIn();
    place({ state: 'admitted' });
    await vi.waitFor(() => expect(visit.call.value).not.toBeNull());
    await visit.leave();
    expect(session.send).toHaveBeenCalledWith({ type: 'leave' });
    const told = news.length;
    visit.dispose();
    visit.dispose();
    place({ state: 'takenOver' });
    status.value = 'closed';
    expect([news.length, visit.call.value, client.stop.mock.calls.length]).toEqual([told, null, 1]);
  });

  it('tells the hub that somebody left while there was no connection, as soon as there is one', async () => {
    const { visit, client, online, letIn, place, session, status } = setUp();
    await online();
    letIn();
    place({ state: 'admitted' });
    await vi.waitFor(() => expect(visit.call.value).not.toBeNull());
    let told: () => void = expect.fail;
    vi.mocked(session.send).mockImplementation(() => new Promise((answer) => (told = () => answer(accept(null)))));
    status.value = 'reconnecting';
    await visit.leave();
    visit.dispose();
    expect(visit.call.value).toBeNull();
    expect(client.stop).not.toHaveBeenCalled();
    told();
    await vi.waitFor(() => expect(client.stop).toHaveBeenCalledTimes(1));
  });

  it('asks for the place that it had when the page was reloaded, so that a Deny meanwhile holds', async () => {
    const reloaded = setUp(null, true);
    await reloaded.online();
    expect(reloaded.client.enterMeeting).toHaveBeenCalledWith(expect.objectContaining({ again: true }));
    const fresh = setUp();
    await fresh.online();
    expect(fresh.client.enterMeeting).toHaveBeenCalledWith(expect.objectContaining({ again: false }));
  });
});
