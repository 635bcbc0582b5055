import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { REACH_ACTIONS, type TenantPolicy } from '../../../src/domain/reach/model.ts';
import { DEMO_WORLD, demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { ADMIN, createAdminBench } from './admin-bench.ts';

const ROSA = 'rosa.delgado@contoso1.com';
const VIKTOR = 'viktor.petrov@contoso1.com';

/** Settings of Contoso1 that can be told from everything else. */
function marked(policy: TenantPolicy): TenantPolicy {
  return {
    ...policy,
    segments: [
      { name: 'SECRET-SEGMENT', groups: ['SECRET-GROUP'], people: [demoKey(ROSA)] },
      { name: 'SECRET-OTHERS', groups: [], people: [demoKey(VIKTOR)] },
    ],
    barriers: {
      ...policy.barriers,
      policies: [
        { name: 'SECRET-POLICY', segment: 'SECRET-SEGMENT', active: true, rule: 'block', targets: ['SECRET-OTHERS'] },
      ],
    },
    external: { enabled: true, mode: { kind: 'block', domains: ['secret-partner.example'], blockSubdomains: true } },
    teams: [{ name: 'SECRET-TEAM', members: [demoKey(ROSA), demoKey('expert1@abc.com in contoso1.com')] }],
  };
}

/** Everything that only Contoso1's own administrators may read. */
function secretsOf(policy: TenantPolicy): readonly string[] {
  const people = DEMO_WORLD.companies.tenants.find(({ tenantId }) => tenantId === policy.tid)?.people ?? [];
  const abc = new Set(
    DEMO_WORLD.companies.tenants
      .find(({ name }) => name === 'ABC')
      ?.people.flatMap((one) => [one.mail, one.displayName]),
  );
  const words = people
    .flatMap(({ oid, displayName, mail }) => [oid, displayName, mail])
    .filter((word) => !abc.has(word));
  return [...words, 'SECRET-', 'secret-partner.example', 'CALLER-SECRET'];
}

test('no answer tells anything of another tenant: no person, no segment, no policy, no entry of a list', async () => {
  const bench = await createAdminBench();
  onTestFinished(() => bench.close());
  const contoso = marked(demoPolicy('contoso1.com'));
  await bench.hub.policies.apply({ policy: contoso, people: null, by: 'console', afterRevision: null });
  // Refusals and calls across the border, in both directions, so that the audit and the dry run have something to tell.
  const [rosa, dana, noor] = await Promise.all(
    [ROSA, 'dana.okafor@abc.com', 'expert3@abc.com'].map((who) => bench.connect(demoKey(who))),
  );
  if (rosa === undefined || dana === undefined || noor === undefined) throw new Error('nobody');
  for (const to of ['walter.brandt@abc.com', 'noor.rahimi@abc.com', VIKTOR]) {
    await rosa.invoke('call', { commandId: randomUUID(), to: demoKey(to), media: AUDIO });
  }
  const rung = await rosa.invoke('call', { commandId: randomUUID(), to: demoKey('expert3@abc.com'), media: AUDIO });
  if (!rung.ok) throw new Error(rung.refusal.code);
  const answer = { commandId: randomUUID(), callId: rung.value.callId };
  await noor.invoke('command', { ...answer, command: { type: 'answer', media: AUDIO } });
  await dana.invoke('search', { query: 'isaac.levy@contoso2.com' });
  const { text } = (await bench.read(ADMIN, '/policy')) as { text: string };
  const file = JSON.parse(text) as { tenants: object[] };
  const closed = JSON.stringify({ ...file, tenants: [{ ...file.tenants[0], externalAccess: { enabled: false } }] });

  const tries = [ROSA, VIKTOR, 'nobody@contoso1.com'].flatMap((them) =>
    REACH_ACTIONS.flatMap((action) => [
      { from: 'dana.okafor@abc.com', to: them, action },
      { from: them, to: 'noor.rahimi@abc.com', action },
      { from: 'dana.okafor@abc.com', to: 'expert1@abc.com', action, present: [them] },
    ]),
  );
  const answers = [
    text,
    await (await bench.ask(ADMIN, '/session')).text(),
    await (await bench.ask(ADMIN, '/matrix')).text(),
    await (await bench.ask(ADMIN, '/people?query=rosa')).text(),
    await (await bench.ask(ADMIN, `/people?query=${ROSA}`)).text(),
    await (await bench.ask(ADMIN, '/policy/check', { body: { file: closed } })).text(),
    await (await bench.ask(ADMIN, '/audit')).text(),
    await (await bench.ask(ADMIN, '/audit.jsonl')).text(),
  ];
  for (const body of tries) answers.push(await (await bench.ask(ADMIN, '/try', { body })).text());
  // What was meant to be told is there, so that the scan looks at full answers.
  expect(answers.join('\n')).toContain('"calls":[{"kind":"direct"');
  expect(answers.join('\n')).toContain('"kind":"outsider","company":"Contoso1"');
  for (const secret of secretsOf(contoso)) {
    expect([secret, answers.find((one) => one.toLowerCase().includes(secret.toLowerCase()))?.slice(0, 400)]).toEqual([
      secret,
      undefined,
    ]);
  }
});
