import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGrants } from '../../../src/hub/admin-api/grants.ts';
import { administer } from '../../../src/hub/admin-command/administer.ts';
import { parseArguments } from '../../../src/hub/admin-command/arguments.ts';
import { runAdminCommand } from '../../../src/hub/admin-command/run.ts';
import { takeDataFolder } from '../../../src/hub/data-folder.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import { placeEmptyDatabase } from '../support/database-template.ts';
import { DEMO_WORLD, demoKey, demoPolicy } from '../support/demo-world.ts';
import { folderOfThisTest } from '../support/temporary-folder.ts';

const { companies, listed } = DEMO_WORLD;
const ABC = demoPolicy('abc.com').tid;
const DANA = 'dana.okafor@abc.com';

async function start() {
  const store = createMemoryStore();
  await openDemoDirectory({ companies, store, startMs: 0, ...(listed === undefined ? {} : { listed }) });
  const grants = createGrants(store.values, () => 0);
  const options = { store, tenants: companies.tenants, nowMs: () => 0 };
  return {
    store,
    grants,
    async run(line: string) {
      const parsed = parseArguments(line.split(' '));
      if (!parsed.ok) throw new Error(parsed.reason);
      return administer(options, parsed.command);
    },
  };
}

describe('the console', () => {
  test('makes somebody an administrator, lists that, and takes it back, each with a record', async () => {
    const { run, grants, store } = await start();
    expect(await run(`grant ${DANA.toUpperCase()}`)).toEqual({
      exitCode: 0,
      lines: [`Dana Okafor, ${DANA} (${demoKey(DANA)}) is now an administrator of ABC.`],
    });
    expect(await grants.isGranted(demoKey(DANA))).toBe(true);
    expect(await run('list')).toEqual({ exitCode: 0, lines: [`ABC: Dana Okafor, ${DANA} (${demoKey(DANA)})`] });
    expect((await run('list --tenant contoso1.com')).lines).toEqual(['Nobody was made an administrator here.']);
    expect((await run(`revoke ${demoKey(DANA)}`)).exitCode).toBe(0);
    expect(await grants.isGranted(demoKey(DANA))).toBe(false);
    const what = (await store.reachAudit.newest(ABC, null, 5)).map((record) => record.what);
    expect(what).toEqual([
      { kind: 'administrator-changed', by: 'console', person: demoKey(DANA), granted: false },
      { kind: 'administrator-changed', by: 'console', person: demoKey(DANA), granted: true },
    ]);
  });

  test('knows whom the hub knows: by the file, or since somebody was turned away at /admin', async () => {
    const { run, grants } = await start();
    expect(await run('grant new.boss@abc.com')).toMatchObject({ exitCode: 3, lines: [/^This hub has never seen/] });
    const oid = randomUUID();
    const visitor = { tid: ABC, oid, personKey: `${ABC}:${oid}`, name: 'New Boss', mail: 'New.Boss@abc.com' };
    await grants.rememberVisitor({ ...visitor, roles: [], isGuest: false, expiresAtMs: 0, azp: '' });
    expect(await run('grant new.boss@abc.com')).toMatchObject({ exitCode: 0 });
    expect(await grants.isGranted(`${ABC}:${oid}`)).toBe(true);
  });

  test('takes a guest’s address with the company, and asks for it otherwise', async () => {
    const { run, grants } = await start();
    expect(await run('grant expert1@abc.com --tenant Contoso1')).toMatchObject({ exitCode: 0 });
    expect(await grants.isGranted(demoKey('expert1@abc.com in contoso1.com'))).toBe(true);
    expect(await grants.isGranted(demoKey('expert1@abc.com'))).toBe(false);
    expect((await run('grant claire.dubois@outlook.com')).lines).toEqual([
      'Say which company with --tenant: ABC, Contoso1, Contoso2.',
    ]);
    expect((await run('list --tenant nothing')).exitCode).toBe(2);
  });

  test('does not grant an address that two accounts have', async () => {
    const { run, grants } = await start();
    const twin = { tid: ABC, oid: 'twin', personKey: `${ABC}:twin`, name: 'Dana', mail: DANA };
    await grants.rememberVisitor({ ...twin, roles: [], isGuest: false, expiresAtMs: 0, azp: '' });
    const outcome = await run(`grant ${DANA}`);
    expect([outcome.exitCode, outcome.lines.length]).toEqual([3, 3]);
    expect(await grants.list(ABC)).toEqual([]);
  });

  test.each([
    ['', 'what to do is missing'],
    ['fly', 'fly is nothing it can do'],
    ['grant', 'grant needs an e-mail address'],
    ['grant a@b.c d@e.f', 'grant takes one address'],
    ['grant a@b.c --tenant', '--tenant needs a name'],
    ['list --all', '--all is not an option'],
    ['list abc', 'list takes no abc'],
  ])('refuses "%s"', (line, reason) => {
    expect(parseArguments(line.split(' ').filter((word) => word !== ''))).toEqual({ ok: false, reason });
  });
});

describe('with the hub’s own data', () => {
  const run = (argv: readonly string[], env: Readonly<Record<string, string>>) =>
    runAdminCommand({ argv, env, rootDir: '.' });

  test('works while no hub runs, and says in a line what to do while one does', async () => {
    const DATA_DIR = join(folderOfThisTest(), 'data');
    expect(await run(['list'], { DATA_DIR })).toMatchObject({ exitCode: 1, lines: [/^There is no database in /] });
    const folder = takeDataFolder(DATA_DIR, { alone: true });
    await placeEmptyDatabase(folder.path);
    const store = await openEmbeddedStore({ dataFolder: folder.path });
    await openDemoDirectory({ companies, store, startMs: 0, ...(listed === undefined ? {} : { listed }) });
    expect(await run(['grant', DANA], { DATA_DIR })).toEqual({
      exitCode: 1,
      lines: [`A hub is running on ${DATA_DIR}. Stop it, run this again, then start it.`],
    });
    await store.close();
    folder.release();
    expect(await run(['grant', DANA], { DATA_DIR })).toMatchObject({ exitCode: 0 });
    expect((await run(['list'], { DATA_DIR })).lines).toEqual([`ABC: Dana Okafor, ${DANA} (${demoKey(DANA)})`]);
  }, 120_000);

  test('refuses wrong settings and commands with exit code 2', async () => {
    expect(await run(['list'], { PORT: '99999' })).toMatchObject({ exitCode: 2, lines: [/^PORT must be/] });
    expect(await run(['fly'], {})).toMatchObject({ exitCode: 2 });
  });
});
