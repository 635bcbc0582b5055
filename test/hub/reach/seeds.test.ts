import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { REACH_OF_COMMAND, REACH_OF_METHOD } from '../../../src/hub/reach/rules-of-methods.ts';
import type { HubAnswer } from '../../../src/protocol/types.ts';
import { ABC, SEED_SETUPS, type SeedSetup, seedCompanies } from '../../support/seed-companies.ts';
import { SEED_FIGURES, type SeedFigure, type SeedPerson } from '../../support/seed-figures.ts';
import { DEMO_WORLD, demoPerson, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { type Client, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

let bench: WireBench;
const clients = new Map<PersonKey, Client>();

beforeAll(async () => {
  bench = await createWireBench(DEMO_WORLD);
  return () => bench.close();
});

// Each test has connections of its own: what one may ask in a second is limited for each.
afterEach(async () => {
  await Promise.all([...clients.values()].map(({ connection }) => connection.stop()));
  clients.clear();
});

/** Everybody signs in once in a test, with a token of the tenant of that account. */
async function pageOf(who: SeedPerson): Promise<Client> {
  const { key } = demoPerson(who);
  const known = clients.get(key);
  // One human works with one account at a time: the other one's connection has ended then.
  const client = known !== undefined && bench.hub.online.isOnline(key) ? known : await bench.connect(key);
  clients.set(key, client);
  return client;
}

/** ABC sets itself up in one of the ways of the published scenarios; everything else is as in the demo. */
async function setUp(setup: SeedSetup): Promise<void> {
  const variant = seedCompanies(setup).policies.find(({ tid }) => tid === ABC);
  if (variant === undefined) throw new Error('ABC is not among the companies');
  const { segments, barriers } = variant;
  const policy = { ...demoPolicy('abc.com'), segments, barriers };
  const applied = await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
  if (!applied.ok) throw new Error(applied.refusal.code);
}

const codeOf = (answer: HubAnswer<unknown>): string | null => (answer.ok ? null : answer.refusal.code);

async function find(from: SeedPerson, to: SeedPerson): Promise<string | null> {
  const { key, name } = demoPerson(to);
  const query = from.domain === to.domain ? name : to.mail;
  const answer = await (await pageOf(from)).invoke('search', { query });
  if (!answer.ok) return answer.refusal.code;
  return answer.value.some((contact) => contact.key === key) ? null : 'not-found';
}

async function ring(from: SeedPerson, to: SeedPerson): Promise<{ code: string | null; callId: string }> {
  const request = { commandId: randomUUID(), to: demoPerson(to).key, media: AUDIO };
  await pageOf(to);
  const page = await pageOf(from);
  const answer = await page.invoke('call', request);
  return { code: codeOf(answer), callId: answer.ok ? answer.value.callId : '' };
}

const command = async (who: SeedPerson, callId: string, what: { readonly type: 'leave' | 'answer' }) =>
  (await pageOf(who)).raw('command', {
    commandId: randomUUID(),
    callId,
    command: what.type === 'answer' ? { ...what, media: AUDIO } : what,
  });

async function call(from: SeedPerson, to: SeedPerson): Promise<string | null> {
  const { code, callId } = await ring(from, to);
  if (code !== null) return code;
  await until(async () => (await pageOf(to)).heard('events').some((log) => log.callId === callId));
  const answered = codeOf(await command(to, callId, { type: 'answer' }));
  await command(from, callId, { type: 'leave' });
  return answered;
}

/** The first of those present is rung by the one who then does it with the others. */
async function inCall(figure: SeedFigure, act: (callId: string) => Promise<HubAnswer<unknown>>) {
  const partner = figure.present[0] ?? figure.to;
  const { code, callId } = await ring(figure.from, partner);
  if (code !== null) throw new Error(`ringing was refused: ${code}`);
  await command(partner, callId, { type: 'answer' });
  const result = codeOf(await act(callId));
  await command(figure.from, callId, { type: 'leave' });
  return result;
}

const draftWith = (person: string): MeetingDraft => ({
  ...{ title: 'Pump', startMs: Date.now(), endMs: Date.now() + 3_600_000, zone: 'UTC' },
  invitees: [{ kind: 'account', person }],
  ...{ coOrganizers: [], presenters: [], lobby: 'organization', anonymousAllowed: true },
});

async function codeAtHub(figure: SeedFigure): Promise<string | null> {
  const { from, to, action } = figure;
  const page = await pageOf(from);
  switch (action) {
    case 'find':
      return find(from, to);
    case 'call':
      return call(from, to);
    case 'add': {
      const { key } = demoPerson(to);
      return inCall(figure, (callId) => page.invoke('add', { commandId: randomUUID(), callId, to: key }));
    }
    case 'shareScreen': {
      const screen = { type: 'setMedia', media: { ...AUDIO, video: 'screen' } } as const;
      return inCall(figure, (callId) => page.invoke('command', { commandId: randomUUID(), callId, command: screen }));
    }
    case 'invite':
      return codeOf(
        await page.invoke('planMeeting', { commandId: randomUUID(), draft: draftWith(demoPerson(to).key) }),
      );
    default:
      throw new Error(`there is no method for ${action}`);
  }
}

/** What these need there are no methods for; the pure rules are tested on them. */
const WITHOUT_METHOD: readonly SeedFigure['action'][] = ['chat', 'shareFiles'];

describe.each(SEED_SETUPS)('through the hub, with ABC set up as %s', (setup) => {
  beforeAll(() => setUp(setup));
  const figures = SEED_FIGURES.filter((figure) => figure.setup === setup && !WITHOUT_METHOD.includes(figure.action));
  const sentences = [...new Set(figures.map(({ source, says }) => `${source}: ${says}`))];

  test.each(sentences)('%s', async (sentence) => {
    const concerned = figures.filter(({ source, says }) => `${source}: ${says}` === sentence);
    for (const figure of concerned) {
      const { from, to, action, code, bothWays } = figure;
      const told = `${from.mail} in ${from.domain} ${action} ${to.mail} in ${to.domain}`;
      expect([told, await codeAtHub(figure)]).toEqual([told, code]);
      if (!bothWays) continue;
      const back = { ...figure, from: to, to: from };
      expect([`back: ${told}`, await codeAtHub(back)]).toEqual([`back: ${told}`, code]);
    }
  });
});

test('the hub has no method for the actions that are left to the pure rules', () => {
  const asked = new Set<string>([...Object.values(REACH_OF_METHOD), ...Object.values(REACH_OF_COMMAND)]);
  expect(WITHOUT_METHOD.filter((action) => asked.has(action))).toEqual([]);
});
