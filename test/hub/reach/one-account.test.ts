import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { DEMO_WORLD, demoKey } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { type Client, createWireBench, until } from '../support/wire-bench.ts';

const HOME = 'expert1@abc.com';
const GUEST = 'expert1@abc.com in contoso1.com';
const DANA = 'dana.okafor@abc.com';
const ROSA = 'rosa.delgado@contoso1.com';

async function start() {
  const bench = await createWireBench(DEMO_WORLD);
  onTestFinished(() => bench.close());
  return {
    bench,
    connect: (who: string): Promise<Client> => bench.connect(demoKey(who)),
    silent: (who: string): Promise<Client> => bench.connect(demoKey(who), { silent: true }),
  };
}
const hello = (page: Client) =>
  page.invoke('hello', { protocolVersion: PROTOCOL_VERSION, device: page.device, resume: [] });
const call = (page: Client, who: string) =>
  page.invoke('call', { commandId: randomUUID(), to: demoKey(who), media: AUDIO });

describe('one human with several accounts', () => {
  test('works with the one that came last; pages of the other one are told and closed [SPEC 1.7]', async () => {
    const { bench, connect } = await start();
    const home = await connect(HOME);
    const guest = await connect(GUEST);
    await until(() => home.closedWith.length > 0);
    expect(home.heard('switched')).toEqual([{}]);
    expect(bench.hub.online.isOnline(demoKey(HOME))).toBe(false);
    expect(bench.hub.online.isOnline(demoKey(GUEST))).toBe(true);
    expect(await call(await connect(ROSA), GUEST)).toMatchObject({ ok: true });
    await until(() => guest.heard('events').length > 0);
    expect(home.heard('events')).toEqual([]);
  });

  test('stays in the call of the one: the other one is refused until that is over [SPEC 1.7]', async () => {
    const { connect, silent } = await start();
    const [home, dana] = [await connect(HOME), await connect(DANA)];
    const answer = await call(home, DANA);
    const callId = answer.ok ? answer.value.callId : '';
    const guest = await silent(GUEST);
    expect(await hello(guest)).toEqual({ ok: false, refusal: { code: 'other-account-in-call' } });
    expect(await guest.invoke('contacts', {})).toMatchObject({ refusal: { code: 'out-of-turn' } });
    expect(home.closedWith).toEqual([]);
    await home.invoke('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
    expect(await hello(guest)).toMatchObject({ ok: true });
    expect(dana.closedWith).toEqual([]);
  });

  test('has left the call whose page is gone, when the other account comes [SPEC 1.7]', async () => {
    const { bench, connect } = await start();
    const [home, dana] = [await connect(HOME), await connect(DANA)];
    expect(await call(home, DANA)).toMatchObject({ ok: true });
    await home.connection.stop();
    await until(() => !bench.hub.online.isOnline(demoKey(HOME)));
    await connect(GUEST);
    expect(bench.hub.log.open.all()).toEqual([]);
    expect(LIMITS.reconnectGraceMs).toBeGreaterThan(5_000);
    expect(dana.closedWith).toEqual([]);
  });

  test('may have several pages of one account', async () => {
    const { bench, connect } = await start();
    const pages = [await connect(HOME), await connect(HOME)];
    expect(bench.hub.online.of(demoKey(HOME))).toHaveLength(2);
    for (const page of pages) expect(page.heard('switched')).toEqual([]);
  });
});

test('a renewal without the licence names the licence, as hello does', async () => {
  const { bench, connect } = await start();
  const page = await connect(HOME);
  const accessToken = await bench.token(demoKey(HOME), { claims: { roles: [] } });
  expect(await page.invoke('renew', { accessToken })).toMatchObject({
    refusal: { code: 'licence-missing', detail: expect.stringContaining('.User'), reference: expect.any(String) },
  });
});
