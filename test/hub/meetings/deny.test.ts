import { describe, expect, test } from 'vitest';
import { accepted, createBench, DANA } from '../support/hub-bench.ts';
import { decide, knock, lobbyOf, newcomer, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

/** Chris waited at Dana's meeting, lost the connection and was denied. */
async function deniedWhileAway() {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  await knock(bench, chris, meetingId);
  bench.hub.departed(chris);
  await settle();
  accepted(await decide(bench, dana, { type: 'deny', meetingId, person: chris.person }));
  const back = await bench.visit(who, 'join', chris.device.id);
  return { bench, dana, back, meetingId };
}

describe('somebody who is denied while their connection is gone', () => {
  test('is told so when their page asks for its place by itself, and does not wait again [SPEC 10.9]', async () => {
    const { bench, dana, back, meetingId } = await deniedWhileAway();
    expect(await knock(bench, back, meetingId, { again: true })).toMatchObject({ refusal: { code: 'lobby-denied' } });
    expect(lobbyOf(dana)?.entries).toEqual([]);
  });

  test('waits again when they ask for it themselves [SPEC 10.9]', async () => {
    const { bench, dana, back, meetingId } = await deniedWhileAway();
    expect(accepted(await knock(bench, back, meetingId))).toMatchObject({ state: 'waiting' });
    expect(lobbyOf(dana)?.entries).toMatchObject([{ name: 'Chris Customer', away: false }]);
    // That is another wait: what was said about the one before counts no more.
    await bench.hub.meetings.service.leaveLobby(back, { meetingId });
    expect(accepted(await knock(bench, back, meetingId, { again: true }))).toMatchObject({ state: 'waiting' });
  });

  test('is told so over a restart of the hub, too [SPEC 10.8, 10.9]', async () => {
    const { bench, back, meetingId } = await deniedWhileAway();
    await bench.restart();
    const again = await bench.visit(back, 'join', back.device.id);
    expect(await knock(bench, again, meetingId, { again: true })).toMatchObject({ refusal: { code: 'lobby-denied' } });
  });
});

test('somebody whose place has lapsed meanwhile, but was not denied, waits anew by themselves [SPEC 10.9]', async () => {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  await knock(bench, chris, meetingId);
  bench.hub.departed(chris);
  await bench.clock.advance(61_000);
  expect(lobbyOf(dana)?.entries).toEqual([]);
  const back = await bench.visit(who, 'join', chris.device.id);
  expect(accepted(await knock(bench, back, meetingId, { again: true }))).toMatchObject({ state: 'waiting' });
});
