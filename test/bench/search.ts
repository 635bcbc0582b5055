import { decideReach } from '../../src/domain/reach/decide.ts';
import type { Account } from '../../src/domain/reach/model.ts';
import { createWorld } from '../../src/domain/reach/world.ts';
import { systemClock } from '../../src/hub/clock.ts';
import type { Asker, Directory, Keep } from '../../src/hub/directory/directory.ts';
import { fold, queryWords } from '../../src/hub/directory/fold.ts';
import type { ListedPerson } from '../../src/hub/directory/person.ts';
import { matches, searchTextOf } from '../../src/hub/directory/search-text.ts';
import { NO_GRAPH, openTenantsDirectory } from '../../src/hub/directory/tenants-directory.ts';
import type { Tenant } from '../../src/hub/identity/tenants.ts';
import { createMemoryStore } from '../../src/hub/store/memory-store.ts';
import { seededRandom } from '../domain/annotation/scene.ts';
import { progress, report } from './report.ts';
import { BENCH_TID, makePeople, makePolicy } from './search/company.ts';
import { quantile, rounded } from './statistics.ts';

/**
 * A search in the embedded directory with everything that the hub does for it: finding, asking the rules of reach of every
 * hit, the first 25 that are permitted. Beside it the plainest search, which looks at everybody one after the other, with
 * the same rules and the same answers.
 */
const PEOPLE = 100_000;
const QUERIES = 400;
/** Enough for a ratio; each of these takes a while. */
const SCANNED_QUERIES = 20;
const LIMIT = 25;
const SEED = 20_261;
const TENANT: Tenant = {
  tenantId: BENCH_TID,
  name: 'ABC',
  domains: ['abc.com'],
  authority: `https://login.microsoftonline.com/${BENCH_TID}`,
  spaClientId: BENCH_TID,
  apiClientId: BENCH_TID,
};

interface Searcher {
  readonly name: string;
  readonly asker: Asker;
  readonly keep: Keep;
}

interface Bench {
  readonly people: readonly ListedPerson[];
  readonly directory: Directory;
  readonly random: () => number;
}

export async function run(): Promise<void> {
  const random = seededRandom(SEED);
  const people = makePeople(PEOPLE, random);
  const directory = await openTenantsDirectory({
    tenants: [TENANT],
    store: createMemoryStore(),
    clock: systemClock,
    graph: NO_GRAPH,
  });
  progress(`Indexing ${PEOPLE} people …`);
  const startMs = performance.now();
  await directory.replacePeople(BENCH_TID, people);
  progress(`took ${rounded(performance.now() - startMs, 0)} ms`);
  const bench = { people, directory, random };
  for (const searcher of searchers(people)) await measureMix(bench, searcher);
}

/** Somebody without a segment finds most people, a vendor's technician one in seventy, who is sealed off nobody. */
function searchers(people: readonly ListedPerson[]): readonly Searcher[] {
  const world = createWorld([makePolicy()]);
  const byRules = (name: string, group: string | undefined): Searcher => {
    const self = people.find(({ account }) => account.groups[0] === group && account.kind === 'internal');
    if (self === undefined) throw new Error(`nobody is in ${group}`);
    return { name, asker: askerOf(self.account), keep: (other) => mayFind(self.account, other.account) };
  };
  const mayFind = (actor: Account, target: Account): boolean =>
    actor.key !== target.key &&
    decideReach(world, { action: 'find', actor, target, present: [], place: 'none' }).allowed;
  const member = byRules('member', undefined);
  return [
    { ...member, name: 'no rules', keep: () => true },
    member,
    byRules('vendor', 'V4_RemoteAssistUser'),
    byRules('sealed', 'Sealed'),
  ];
}

const askerOf = ({ key, tid }: Account): Asker => ({ person: key, tid, accessToken: () => null });

async function measureMix(bench: Bench, searcher: Searcher): Promise<void> {
  const mix: string[] = [];
  for (const [kind, makeQuery] of Object.entries(QUERY_KINDS)) {
    const queries = Array.from({ length: QUERIES }, () => makeQuery(bench));
    mix.push(...queries);
    await measure(bench, searcher, { name: `${searcher.name}, ${kind}`, queries });
  }
  await measure(bench, searcher, { name: `${searcher.name}, all`, queries: shuffled(mix, bench.random) });
}

const QUERY_KINDS: Readonly<Record<string, (bench: Bench) => string>> = {
  '1 to 2 letters': ({ people, random }) => partOf(anyWord(people, random), 0, 1 + Math.floor(random() * 2)),
  '3 letters and more': ({ people, random }) => {
    const word = anyWord(people, random);
    const from = random() < 0.7 ? 0 : Math.floor(random() * Math.max(1, word.length - 3));
    return partOf(word, from, 3 + Math.floor(random() * 5));
  },
  'full address': ({ people, random }) => anyOne(people, random).mail,
  'no hit': ({ random }) => `${['zqx', 'ann zqx', 'nobody@abc.com', 'vvvv'][Math.floor(random() * 4)]}`,
};

const anyOne = (people: readonly ListedPerson[], random: () => number): ListedPerson => {
  const one = people[Math.floor(random() * people.length)];
  if (one === undefined) throw new Error('there is nobody');
  return one;
};
const anyWord = (people: readonly ListedPerson[], random: () => number): string =>
  anyOne(people, random).name.split(' ')[random() < 0.5 ? 0 : 1] ?? '';
const partOf = (word: string, from: number, length: number): string => [...word].slice(from, from + length).join('');

async function measure(
  { people, directory }: Bench,
  { asker, keep }: Searcher,
  { name, queries }: { readonly name: string; readonly queries: readonly string[] },
): Promise<void> {
  const times: number[] = [];
  let hits = 0;
  for (const query of queries) {
    const startMs = performance.now();
    hits += (await directory.search(asker, query, LIMIT, keep)).length;
    times.push(performance.now() - startMs);
  }
  const scanTimes = queries.slice(0, SCANNED_QUERIES).map((query) => {
    const startMs = performance.now();
    scan(people, query, keep);
    return performance.now() - startMs;
  });
  const [msP50, msP95] = [quantile(times, 0.5), quantile(times, 0.95)];
  const scanMsP50 = quantile(scanTimes, 0.5);
  report('search', name, {
    people: PEOPLE,
    queries: queries.length,
    hitsMean: rounded(hits / queries.length, 1),
    msP50: rounded(msP50, 3),
    msP95: rounded(msP95, 3),
    scanMsP50: rounded(scanMsP50, 1),
    scanRatioP50: rounded(scanMsP50 / msP50, 0),
  });
}

/** The baseline. */
function scan(people: readonly ListedPerson[], query: string, keep: Keep): readonly ListedPerson[] {
  const words = queryWords(query);
  return people
    .filter((one) => matches(searchTextOf(one), words) && keep(one))
    .map((one) => ({ one, name: fold(one.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ one }) => one);
}

function shuffled(queries: readonly string[], random: () => number): readonly string[] {
  return queries
    .map((query) => ({ query, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ query }) => query);
}
