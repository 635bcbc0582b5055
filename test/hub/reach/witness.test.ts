import { expect, test } from 'vitest';
import { refuseAbsent } from '../../../src/domain/reach/absent.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import { createReach } from '../../../src/hub/reach/reach.ts';
import { witness } from '../../../src/hub/reach/witness.ts';
import { apart, benchPolicy } from '../support/bench-policies.ts';
import { DANA, EVA, FINN, TID } from '../support/hub-bench.ts';

const account = (key: string) => plainAccount({ key, tid: TID, kind: 'internal', mail: `${key.slice(-1)}@abc.com` });
const person = (key: string) => ({ key, name: '', mail: '', jobTitle: '', company: '', account: account(key) });
const world = createWorld([benchPolicy(apart([DANA], [EVA]))]);
const reach = createReach({
  world: () => world,
  accounts: {
    of: async ({ account: own }) => own,
    person: async (key) => person(key),
    present: async (keys) => keys.map(account),
  },
  records: {
    refused: async () => 'ABCD2345',
    signInRefused: async () => 'ABCD2345',
    doorRefused: async () => 'ABCD2345',
  },
});
const dana = { person: DANA, account: account(DANA) };
const obeyed = async (work: () => Promise<unknown>): Promise<readonly string[]> => [...(await witness(work)).asked];

test('a rule counts as obeyed when it has allowed, not when it was asked and refused', async () => {
  const asked = { action: 'call', actor: dana, present: [], place: 'call' } as const;
  expect(await obeyed(() => reach.askAbout(asked, FINN))).toEqual(['call']);
  expect(await obeyed(() => reach.askAbout(asked, EVA))).toEqual([]);
  expect(refuseAbsent(world, dana.account, 'abc.com').allowed).toBe(false);
});

test('a sieve counts when somebody goes through it, not when it is made', async () => {
  expect(await obeyed(() => reach.sift('recent', dana))).toEqual([]);
  expect(await obeyed(async () => (await reach.sift('recent', dana))(account(EVA)))).toEqual(['recent']);
  expect(await obeyed(() => reach.finder(dana))).toEqual([]);
  expect(await obeyed(async () => (await reach.finder(dana))(account(EVA)))).toEqual(['find']);
});
