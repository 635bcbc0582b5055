import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { initialLobby, type LobbyState } from '../../../src/domain/meeting/lobby-state.ts';
import type { Invitee, Meeting } from '../../../src/domain/meeting/model.ts';
import type { MeetingStore } from '../../../src/hub/store/meeting-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';

const account = (person: string): Invitee => ({ kind: 'account', person });
const mail = (address: string): Invitee => ({ kind: 'mail', mail: address });
const meetingOf = (organizer: string, changes: Partial<Meeting> = {}): Meeting => ({
  tid: organizer.split(':')[0] ?? '',
  meetingId: randomUUID(),
  kind: 'scheduled',
  title: "Pümp 'P-201'",
  startMs: 1_000,
  endMs: 2_000,
  zone: 'Europe/Berlin',
  organizer,
  coOrganizers: [],
  presenters: [],
  invitees: [],
  lobby: 'organization',
  anonymousAllowed: true,
  cancelled: false,
  revision: 1,
  ...changes,
});
const waitingLobby = (meetingId: string): LobbyState => ({
  ...initialLobby(meetingId),
  waiting: [
    {
      caller: { person: 'anon:1', name: 'Chris “C”', class: 'anonymous', signedIn: false, invited: false },
      deviceId: 'd',
      sinceMs: 5,
      awayUntilMs: null,
    },
  ],
});
const ALWAYS = { fromMs: 0, toMs: 10_000 };
const idsOf = (meetings: readonly Meeting[]): readonly string[] => meetings.map(({ meetingId }) => meetingId);

/** What every store has to do with meetings, links and doors. */
export function describeMeetingStore(open: () => Store): void {
  const store = (): MeetingStore => open().meetings;

  describe('meetings', () => {
    test('are kept as they are, and found by their id', async () => {
      const meeting = meetingOf(`${randomUUID()}:1`, { invitees: [account('x'), mail('a@b.com')] });
      expect(await store().add(meeting, 'c1')).toEqual(meeting);
      expect(await store().get(meeting.meetingId)).toEqual(meeting);
      expect(await store().get('none')).toBeNull();
    });

    test('are made once by a request that is repeated, whoever else uses the same id', async () => {
      const [one, other] = [`${randomUUID()}:1`, `${randomUUID()}:1`];
      const first = await store().add(meetingOf(one), 'same');
      const again = await store().add(meetingOf(one, { title: 'Other' }), 'same');
      expect(again).toEqual(first);
      const theirs = await store().add(meetingOf(other), 'same');
      expect(theirs.meetingId).not.toBe(first.meetingId);
      expect(idsOf(await store().naming([one], ALWAYS))).toEqual([first.meetingId]);
    });

    test('are found by everybody whom they name, by account and by address, in order of the start', async () => {
      const [organizer, guest, address] = [`${randomUUID()}:1`, `${randomUUID()}:2`, `${randomUUID()}@b.com`];
      const late = meetingOf(organizer, { startMs: 1_500, coOrganizers: [guest] });
      const early = meetingOf(organizer, { presenters: [guest], invitees: [mail(address)] });
      await store().add(late, 'late');
      await store().add(early, 'early');
      expect(idsOf(await store().naming([organizer], ALWAYS))).toEqual([early.meetingId, late.meetingId]);
      expect(idsOf(await store().naming([guest], ALWAYS))).toEqual([early.meetingId, late.meetingId]);
      expect(idsOf(await store().naming(['nobody', address], ALWAYS))).toEqual([early.meetingId]);
      expect(await store().naming([], ALWAYS)).toEqual([]);
    });

    test('are found where they overlap a range; touching ends do not', async () => {
      const organizer = `${randomUUID()}:1`;
      const meeting = await store().add(meetingOf(organizer), 'c');
      const inRange = async (fromMs: number, toMs: number) =>
        idsOf(await store().naming([organizer], { fromMs, toMs })).includes(meeting.meetingId);
      expect(await inRange(1_999, 3_000)).toBe(true);
      expect(await inRange(2_000, 3_000)).toBe(false);
      expect(await inRange(0, 1_000)).toBe(false);
      expect(await inRange(0, 1_001)).toBe(true);
    });

    test('of a tenant are listed until they end', async () => {
      const tid = randomUUID();
      const meeting = await store().add(meetingOf(`${tid}:1`), 'c');
      expect(idsOf(await store().unfinished(tid, 1_999))).toEqual([meeting.meetingId]);
      expect(await store().unfinished(tid, 2_000)).toEqual([]);
    });

    test('are changed by one of two who change the same revision, and name then whom the change names', async () => {
      const [organizer, before, after] = [`${randomUUID()}:1`, `${randomUUID()}:2`, `${randomUUID()}:3`];
      const first = await store().add(meetingOf(organizer, { invitees: [account(before)] }), 'c');
      const mine = { ...first, revision: 2, title: 'Mine', invitees: [account(after)] };
      expect(await store().change(mine)).toBe(true);
      expect(await store().change({ ...first, revision: 2, title: 'Theirs' })).toBe(false);
      expect(await store().change({ ...mine, revision: 4 })).toBe(false);
      expect(await store().get(first.meetingId)).toEqual(mine);
      expect(await store().naming([before], ALWAYS)).toEqual([]);
      expect(idsOf(await store().naming([after], ALWAYS))).toEqual([first.meetingId]);
    });
  });

  describe('links', () => {
    test('lead to their meeting by the hash of their token', async () => {
      const link = { tid: 't', meetingId: randomUUID() };
      const hash = randomUUID();
      expect(await store().addLink(hash, { ...link, atMs: 1 }, 2)).toBe(true);
      expect(await store().meetingOfLink(hash)).toEqual(link);
      expect(await store().meetingOfLink('none')).toBeNull();
    });

    test('are so many and no more', async () => {
      const link = { tid: 't', meetingId: randomUUID(), atMs: 1 };
      const added = [];
      for (const hash of [randomUUID(), randomUUID(), randomUUID()]) added.push(await store().addLink(hash, link, 2));
      expect(added).toEqual([true, true, false]);
    });
  });

  describe('doors', () => {
    test('are kept as they are, with their version', async () => {
      const lobby = { tid: 't', state: waitingLobby(randomUUID()), version: 1 };
      expect(await store().lobby(lobby.state.meetingId)).toBeNull();
      expect(await store().keepLobby(lobby)).toBe(true);
      expect(await store().lobby(lobby.state.meetingId)).toEqual(lobby);
    });

    test('are changed by one of two who change the same version', async () => {
      const state = waitingLobby(randomUUID());
      expect(await store().keepLobby({ tid: 't', state, version: 1 })).toBe(true);
      expect(await store().keepLobby({ tid: 't', state, version: 1 })).toBe(false);
      expect(await store().keepLobby({ tid: 't', state: { ...state, ended: true }, version: 2 })).toBe(true);
      expect(await store().keepLobby({ tid: 't', state, version: 2 })).toBe(false);
      expect(await store().lobby(state.meetingId)).toEqual({ tid: 't', state: { ...state, ended: true }, version: 2 });
    });

    test('are busy while somebody waits or has a seat', async () => {
      const state = waitingLobby(randomUUID());
      const isBusy = async () => (await store().busyLobbies()).some((one) => one.state.meetingId === state.meetingId);
      await store().keepLobby({ tid: 't', state, version: 1 });
      expect(await isBusy()).toBe(true);
      await store().keepLobby({ tid: 't', state: initialLobby(state.meetingId), version: 2 });
      expect(await isBusy()).toBe(false);
    });
  });

  describe('pruning', () => {
    const idleLobby = (tid: string, meetingId: string) => ({ tid, state: initialLobby(meetingId), version: 1 });
    const planned = async (tid: string, changes: Partial<Meeting> = {}): Promise<string> => {
      const meeting = meetingOf(`${tid}:1`, changes);
      await store().add(meeting, randomUUID());
      await store().addLink(`link to ${meeting.meetingId}`, { tid, meetingId: meeting.meetingId, atMs: 1 }, 9);
      return meeting.meetingId;
    };
    const left = async (meetingId: string) => ({
      meeting: (await store().get(meetingId)) !== null,
      link: (await store().meetingOfLink(`link to ${meetingId}`)) !== null,
      lobby: (await store().lobby(meetingId)) !== null,
    });

    test('forgets meetings that are over for long enough, with all that hangs on them, and no others', async () => {
      const [tid, other] = [randomUUID(), randomUUID()];
      const [over, running, theirs] = [await planned(tid), await planned(tid, { endMs: 9_000 }), await planned(other)];
      for (const [of, meetingId] of [
        [tid, over],
        [tid, running],
        [other, theirs],
      ] as const)
        await store().keepLobby(idleLobby(of, meetingId));
      await store().prune(tid, 2_000);
      expect(await left(over)).toEqual({ meeting: true, link: true, lobby: true });
      await store().prune(tid, 2_001);
      expect(await left(over)).toEqual({ meeting: false, link: false, lobby: false });
      for (const meetingId of [running, theirs])
        expect(await left(meetingId)).toEqual({ meeting: true, link: true, lobby: true });
      expect(idsOf(await store().naming([`${tid}:1`], ALWAYS))).toEqual([running]);
      expect(await store().keepLobby(idleLobby(tid, over))).toBe(true);
    });

    test('forgets no meeting in which somebody still is, or for which somebody waits', async () => {
      const tid = randomUUID();
      const meetingId = await planned(tid);
      await store().keepLobby({ tid, state: waitingLobby(meetingId), version: 1 });
      await store().prune(tid, 9_000);
      expect(await left(meetingId)).toEqual({ meeting: true, link: true, lobby: true });
      await store().keepLobby({ ...idleLobby(tid, meetingId), version: 2 });
      await store().prune(tid, 9_000);
      expect(await left(meetingId)).toEqual({ meeting: false, link: false, lobby: false });
    });

    test('of meetings that are kept elsewhere forgets old links, and doors at which nobody is', async () => {
      const tid = randomUUID();
      const [quiet, busy] = [randomUUID(), randomUUID()];
      for (const meetingId of [quiet, busy])
        await store().addLink(`link to ${meetingId}`, { tid, meetingId, atMs: 1_000 }, 9);
      await store().keepLobby(idleLobby(tid, quiet));
      await store().keepLobby({ tid, state: waitingLobby(busy), version: 1 });
      await store().prune(tid, 1_000);
      expect(await left(quiet)).toEqual({ meeting: false, link: true, lobby: false });
      expect(await left(busy)).toEqual({ meeting: false, link: true, lobby: true });
      await store().prune(tid, 1_001);
      expect(await left(quiet)).toEqual({ meeting: false, link: false, lobby: false });
      expect(await left(busy)).toMatchObject({ lobby: true });
    });
  });
}
