import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { DANA } from '../support/hub-bench.ts';
import { join, knockAt, look, oneTimeCall, tokenOf } from '../support/join-bench.ts';
import { createWireBench, until, type WireBench } from '../support/wire-bench.ts';

let bench: WireBench;
beforeEach(async () => {
  bench = await createWireBench();
});
afterEach(() => bench.close());

/** A one-time call with Anna in it, who is not signed in. */
async function annaInside() {
  const agent = await bench.connect(DANA);
  const call = await oneTimeCall(agent);
  const { meetingId } = call.meeting;
  await join(agent, meetingId);
  const knocked = await knockAt(bench, { token: tokenOf(call), name: 'Anna' });
  const { person, ticket } = knocked.body;
  const customer = await bench.visit(ticket ?? '');
  await join(customer, meetingId);
  await agent.invoke('admit', { meetingId, person });
  expect(await join(customer, meetingId)).toMatchObject({ value: { state: 'in' } });
  return { agent, customer, meetingId, token: tokenOf(call), knocked };
}

describe('the name of somebody who was admitted', () => {
  test('stays the one that was admitted, whatever they type at their next knock [SPEC 11.6]', async () => {
    const { agent, meetingId, token, knocked } = await annaInside();
    const again = await knockAt(bench, { token, name: 'Dana Okafor (ABC Security)' }, knocked.cookie);
    expect(again.body).toMatchObject({ person: knocked.body.person, name: 'Anna' });
    const second = await bench.visit(again.body.ticket ?? '');
    expect(await join(second, meetingId)).toMatchObject({ value: { state: 'in' } });
    const joined = () =>
      agent
        .heard('events')
        .flatMap(({ events }) => events)
        .flatMap(({ event }) => (event.type === 'joined' && event.person === knocked.body.person ? [event.name] : []));
    await until(() => joined().length === 2);
    expect(joined()).toEqual(['Anna', 'Anna']);
    expect(await look(bench, token, again.cookie)).toMatchObject({ returning: { name: 'Anna' } });
  });

  test('is the admitted one also on a page with a ticket of another name from before [SPEC 11.6]', async () => {
    const agent = await bench.connect(DANA);
    const call = await oneTimeCall(agent);
    const { meetingId } = call.meeting;
    await join(agent, meetingId);
    const first = await knockAt(bench, { token: tokenOf(call), name: 'Dana Okafor (ABC Security)' });
    const early = await bench.visit(first.body.ticket ?? '');
    const again = await knockAt(bench, { token: tokenOf(call), name: 'Anna' }, first.cookie);
    await join(await bench.visit(again.body.ticket ?? ''), meetingId);
    const { person } = first.body;
    await agent.invoke('admit', { meetingId, person });
    const answer = await join(early, meetingId);
    const events = answer.ok && answer.value.state === 'in' ? answer.value.log.events : [];
    const theirs = events.flatMap(({ event }) => (event.type === 'joined' && event.person === person ? [event] : []));
    expect(theirs).toMatchObject([{ name: 'Anna' }]);
    const late = await bench.visit(first.body.ticket ?? '');
    const hello = { protocolVersion: PROTOCOL_VERSION, device: late.device, resume: [] };
    expect(await late.invoke('hello', hello)).toMatchObject({ value: { me: { name: 'Anna' } } });
  });
});
