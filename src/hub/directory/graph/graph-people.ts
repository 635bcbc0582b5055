import * as v from 'valibot';
import type { Asker } from '../directory.ts';
import { fold, queryWords } from '../fold.ts';
import type { DirectoryPerson } from '../person.ts';
import { matches, searchTextOf } from '../search-text.ts';
import type { GraphClient } from './graph-client.ts';
import { type GraphTenant, type GraphUser, toPerson, USER_SELECT, userSchema } from './graph-user.ts';
import { inParallel } from './in-parallel.ts';

/** Users of a tenant as people, with the groups that segments are made of. */
export interface GraphPeople {
  /** Page by page, in order of the name, all that match. */
  search(asker: Asker, query: string): AsyncGenerator<readonly DirectoryPerson[]>;
  byId(asker: Asker, oid: string): Promise<DirectoryPerson | null>;
  /** Those of them that there are, in no order. */
  byIds(asker: Asker, oids: readonly string[]): Promise<readonly DirectoryPerson[]>;
  byMails(asker: Asker, mails: readonly string[]): Promise<readonly DirectoryPerson[]>;
  /** Whom the asker works with, the closest first. Names of users alone. */
  related(asker: Asker): Promise<readonly DirectoryPerson[]>;
}

export interface GraphPeopleOptions {
  readonly client: GraphClient;
  readonly tenant: GraphTenant;
  /** Whether the tenant's rules look at groups; without, nobody's are read and that permission is not needed. */
  readonly needsGroups: () => boolean;
}

/** Directory objects are searched in an index of their own, which has to be asked for ("Advanced query capabilities"). */
const ADVANCED = { ConsistencyLevel: 'eventual' } as const;
/** A page of hits; with the rules of reach some of them may be hidden. */
const SEARCH_PAGE = 50;
/** Who hides behind this many hits is found by a longer query. */
const SEARCH_PAGES = 10;
/** `in` takes 15 values at most. */
const IN_VALUES = 15;
const RELATED = 25;
/** Groups of so many users are asked for at the same time: Graph counts, and throttles. */
const PARALLEL_GROUPS = 6;
/** 999 groups a page: more than anybody is in. */
const GROUP_PAGES = 3;

export function createGraphPeople({ client, tenant, needsGroups }: GraphPeopleOptions): GraphPeople {
  const groupsOf = async (asker: Asker, oid: string): Promise<readonly string[]> => {
    if (!needsGroups()) return [];
    const groups: string[] = [];
    const path = `/users/${encodeURIComponent(oid)}/transitiveMemberOf/microsoft.graph.group`;
    const query = { $select: 'id,displayName', $top: '999' };
    const pages = client.pages(asker, { path, query, schema: groupSchema, maxPages: GROUP_PAGES });
    for await (const page of pages) groups.push(...page.flatMap(({ displayName }) => displayName ?? []));
    return groups;
  };
  const toPeople = async (asker: Asker, users: readonly GraphUser[]): Promise<readonly DirectoryPerson[]> => {
    const people = await inParallel(users, PARALLEL_GROUPS, async (user) =>
      toPerson(user, await groupsOf(asker, user.id), tenant),
    );
    return people.flatMap((person) => person ?? []);
  };
  /** Users for which one of the fields is one of the values. */
  const oneOf = async (asker: Asker, fields: readonly string[], values: readonly string[]) => {
    const found = new Map<string, GraphUser>();
    for (let from = 0; from < values.length; from += IN_VALUES) {
      const list = values
        .slice(from, from + IN_VALUES)
        .map(quoted)
        .join(',');
      for (const field of fields) {
        const query = { $filter: `${field} in (${list})`, $select: USER_SELECT };
        const pages = client.pages(asker, { path: '/users', query, schema: userSchema, maxPages: 2 });
        for await (const page of pages) for (const user of page) found.set(user.id, user);
      }
    }
    return toPeople(asker, [...found.values()]);
  };

  return {
    async *search(asker, query) {
      const words = queryWords(query);
      const $search = searchClause(query);
      if ($search === null) return;
      const request = {
        path: '/users',
        query: { $search, $select: USER_SELECT, $orderby: 'displayName', $count: 'true', $top: String(SEARCH_PAGE) },
        headers: ADVANCED,
        schema: userSchema,
        maxPages: SEARCH_PAGES,
      };
      for await (const page of client.pages(asker, request)) {
        // Graph was asked for one word alone.
        yield toPeople(
          asker,
          page.filter((user) => matchesUser(user, words, tenant)),
        );
      }
    },
    async byId(asker, oid) {
      const path = `/users/${encodeURIComponent(oid)}`;
      const user = await client.get(asker, { path, query: { $select: USER_SELECT }, schema: userSchema });
      return user === null ? null : ((await toPeople(asker, [user]))[0] ?? null);
    },
    byIds: (asker, oids) => oneOf(asker, ['id'], oids),
    byMails: (asker, mails) => oneOf(asker, ['mail', 'userPrincipalName'], mails),
    async related(asker) {
      const query = { $select: 'id,personType', $top: String(RELATED), $filter: ORGANISATION_USERS };
      const oids: string[] = [];
      const request = { path: '/me/people', query, schema: relatedSchema, maxPages: 1 };
      for await (const page of client.pages(asker, request)) oids.push(...page.map(({ id }) => id));
      const people = new Map((await oneOf(asker, ['id'], oids)).map((person) => [person.key, person]));
      return oids.flatMap((oid) => people.get(`${tenant.tid}:${oid}`) ?? []);
    },
  };
}

const groupSchema = v.object({ displayName: v.nullish(v.string(), null) });
const relatedSchema = v.object({ id: v.pipe(v.string(), v.toLowerCase()) });
/** Of OrganizationUser the id is the user's own. */
const ORGANISATION_USERS = "personType/class eq 'Person' and personType/subclass eq 'OrganizationUser'";

/** A string of OData: a quotation mark in it stands twice. */
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * Graph finds beginnings of the words of a name and of a mail address. It is asked for the longest word; no precedence of AND
 * and OR is documented that several could rely on. Accents go as they were typed.
 * @returns null when there is nothing that it could search
 */
function searchClause(query: string): string | null {
  // What a clause would take for its own syntax separates words.
  const words = query.normalize('NFC').split(/[^\p{Letter}\p{Number}@._'-]+/u);
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
  if (longest === '') return null;
  return ['displayName', 'mail', 'userPrincipalName'].map((field) => `"${field}:${longest}"`).join(' OR ');
}

function matchesUser(user: GraphUser, words: readonly string[], tenant: GraphTenant): boolean {
  const person = toPerson(user, [], tenant);
  if (person === null) return false;
  const { text, mail } = searchTextOf(person);
  return matches({ text: `${text} ${fold(user.userPrincipalName ?? '')}`, mail }, words);
}
