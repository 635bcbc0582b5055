import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createDemoCalendar } from '../../../src/hub/directory/calendar.ts';
import type { Directory } from '../../../src/hub/directory/directory.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  COMPANIES,
  cameIn,
  createBench,
  DANA,
  EVA,
  FINN,
  GIL,
  LATER_MEETING,
  type Page,
  RUNNING_MEETING,
} from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

const join = async (bench: Bench, page: Page, meetingId = RUNNING_MEETING) => {
  const result = await bench.hub.calls.joinMeeting(page, { commandId: randomUUID(), meetingId, media: AUDIO });
  await settle();
  return result;
};
const leave = (bench: Bench, page: Page, callId: string) =>
  bench.hub.calls.command(page, { commandId: randomUUID(), callId, command: { type: 'leave' } });

describe('a meeting', () => {
  test('brings those who join into one call and rings nobody', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const [one, other] = await Promise.all([join(bench, dana), join(bench, eva)]);
    expect(cameIn(other).callId).toBe(cameIn(one).callId);
    expect(finn.count('events')).toBe(0);
    expect(finn.count('listsChanged')).toBeGreaterThan(0);
    expect(accepted(await bench.hub.meetings.service.meetings(finn, {}))[0]).toMatchObject({
      meetingId: RUNNING_MEETING,
      joinable: true,
      organizer: 'Dana Okafor',
      present: ['Dana Okafor', 'Eva Lindström'],
    });
  });

  test('goes on while the directory cannot say who is invited', async () => {
    const known = createDemoCalendar(COMPANIES, Date.UTC(2026, 0, 5, 9));
    let isThere = true;
    const meeting: Directory['meeting'] = async (tid, meetingId) => {
      if (isThere) return known.meeting(tid, meetingId);
      throw new Error('the directory is away');
    };
    const bench = await createBench(undefined, { meeting });
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { callId } = cameIn(await join(bench, dana));
    await join(bench, eva);
    isThere = false;
    accepted(await leave(bench, eva, callId));
    await settle();
    expect(bench.failures).toEqual([new Error('the directory is away')]);
    expect(dana.call(callId).participants[EVA]?.state).toBe('left');
  });

  test('puts people who met into each other’s recent contacts', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    await join(bench, dana);
    await join(bench, eva);
    expect((await bench.hub.lists.contacts(eva))[0]).toMatchObject({ key: DANA, last: { outcome: 'answered' } });
    expect((await bench.hub.lists.contacts(dana))[0]).toMatchObject({ key: EVA, last: { outcome: 'answered' } });
  });

  test('can be joined from 15 minutes before it starts', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    await bench.clock.advance(45 * 60_000 - 1);
    expect(await join(bench, dana, LATER_MEETING)).toMatchObject({ refusal: { code: 'meeting-not-joinable' } });
    await bench.clock.advance(1);
    cameIn(await join(bench, dana, LATER_MEETING));
  });

  test('goes on after its end while people are in it, and is over for good with the last of them', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const { callId } = cameIn(await join(bench, dana));
    await join(bench, eva);
    await leave(bench, eva, callId);
    await bench.clock.advance(60 * 60_000);
    expect(cameIn(await join(bench, eva)).callId).toBe(callId);
    cameIn(await join(bench, finn));
    for (const page of [dana, eva, finn]) await leave(bench, page, callId);
    await settle();
    expect(await join(bench, finn)).toMatchObject({ refusal: { code: 'call-over' } });
  });

  test('ends with the last one, and begins anew after that [SPEC 4.5]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { callId } = cameIn(await join(bench, dana));
    await join(bench, eva);
    await leave(bench, dana, callId);
    expect(eva.call(callId).phase).toBe('open');
    await leave(bench, eva, callId);
    expect(bench.hub.log.open.all()).toEqual([]);
    expect(cameIn(await join(bench, dana)).callId).not.toBe(callId);
  });

  test('is nothing to people who are not invited', async () => {
    const bench = await createBench();
    expect(await join(bench, await bench.arrive(GIL))).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await join(bench, await bench.arrive(DANA), randomUUID())).toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('cannot be joined from within another call', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    accepted(await bench.hub.calls.call(dana, { commandId: randomUUID(), to: EVA, media: AUDIO }));
    expect(await join(bench, dana)).toMatchObject({ refusal: { code: 'already-in-call' } });
  });

  test('shows somebody who left nothing of what came after [SPEC 3.4]', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const { callId } = cameIn(await join(bench, dana));
    await join(bench, eva);
    await leave(bench, eva, callId);
    await join(bench, finn);
    const seen = accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 })).events;
    expect(seen.at(-1)?.event).toMatchObject({ type: 'left', person: EVA });
    expect(eva.call(callId).participants[FINN]).toBeUndefined();
    expect(finn.call(callId)).toEqual(dana.call(callId));
  });
});

describe('presence', () => {
  test('is told to pages that show the person, and to no others', async () => {
    const bench = await createBench();
    const [dana, finn] = [await bench.arrive(DANA), await bench.arrive(FINN)];
    expect(accepted(await bench.hub.lists.search(dana, 'eva'))[0]).toMatchObject({ key: EVA, presence: 'offline' });
    const eva = await bench.arrive(EVA);
    await join(bench, eva);
    bench.hub.departed(eva);
    await bench.clock.advance(120_000);
    const heard = dana.heard.filter((one) => one.name === 'presence').map((one) => one.message);
    expect(heard).toEqual(['available', 'inCall', 'offline'].map((presence) => ({ person: EVA, presence })));
    expect(finn.count('presence')).toBe(0);
  });
});

describe('a search', () => {
  test.each([
    ['lindstrom', [EVA]],
    ['ÅNGSTROM fi', [FINN]],
    ['finn@abc.com', [FINN]],
    ['ström', [EVA, FINN]],
    ['dana', []],
    ['olga', []],
    [' ', []],
  ])('for %j finds by name and mail, without accents and case, never oneself or other tenants', async (query, keys) => {
    const bench = await createBench();
    const found = accepted(await bench.hub.lists.search(await bench.arrive(DANA), query));
    expect(found.map((contact) => contact.key)).toEqual(keys);
  });

  test('brings seeded contacts into Recent Contacts until a call is newer', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    expect(await bench.hub.lists.contacts(dana)).toMatchObject([{ key: GIL, last: { outcome: 'missed' } }]);
    await bench.arrive(GIL);
    accepted(await bench.hub.calls.call(dana, { commandId: randomUUID(), to: GIL, media: AUDIO }));
    expect(await bench.hub.lists.contacts(dana)).toMatchObject([{ key: GIL, last: { outcome: 'outgoing' } }]);
  });
});

test('joining while the last one leaves brings into the next call of the meeting', async () => {
  const bench = await createBench();
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  for (let round = 0; round < 5; round += 1) {
    const { callId } = cameIn(await join(bench, dana));
    const [joined] = await Promise.all([join(bench, eva), leave(bench, dana, callId)]);
    const next = cameIn(joined);
    expect(bench.hub.log.open.get(next.callId)?.state.participants[EVA]?.state).toBe('joined');
    accepted(await leave(bench, eva, next.callId));
    await settle();
  }
});
