import type { User } from '@microsoft/microsoft-graph-types';
import { type Answer, graphError, ok } from './answer.ts';

export interface FakeUser extends User {
  readonly id: string;
  readonly displayName: string;
}

export interface UsersRequest {
  readonly params: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where the next page is, without its parameters. */
  readonly self: string;
}

const CLAUSE = /^"(displayName|mail|userPrincipalName):([^"\\]+)"$/;
const IN_FILTER = /^(id|mail|userPrincipalName) in \(('(?:[^']|'')*'(?:,'(?:[^']|'')*')*)\)$/;
const MAX_IN_VALUES = 15;
const MAX_TOP = 999;

/** `GET /users` with `$search` or `$filter`, `$orderby`, `$top`, `$select` and pages, as documented for directory objects. */
export function listUsers(users: readonly FakeUser[], { params, headers, self }: UsersRequest): Answer {
  const search = params.get('$search');
  const filter = params.get('$filter');
  const isAdvanced = headers.consistencylevel === 'eventual';
  if (search !== null && !isAdvanced) return graphError(400, 'Request_UnsupportedQuery');
  if (params.has('$orderby') && search !== null && params.get('$count') !== 'true') {
    return graphError(400, 'Request_UnsupportedQuery');
  }
  const top = Number(params.get('$top') ?? 100);
  if (!(top >= 1 && top <= MAX_TOP)) return graphError(400, 'Request_UnsupportedQuery');
  const found = search === null ? filtered(users, filter) : searched(users, search);
  if (found === null) return graphError(400, 'Request_UnsupportedQuery');
  const ordered = params.get('$orderby') === 'displayName' ? found.toSorted(byName) : found;
  const from = Number(params.get('$skiptoken') ?? 0);
  const next = from + top < ordered.length ? { '@odata.nextLink': nextLink(self, params, from + top) } : {};
  const value = ordered.slice(from, from + top).map((user) => selected(user, params.get('$select')));
  return ok({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', ...next, value });
}

export function selected(user: User, select: string | null): unknown {
  const names = select?.split(',') ?? [];
  return Object.fromEntries(Object.entries(user).filter(([name]) => names.length === 0 || names.includes(name)));
}

const byName = (a: FakeUser, b: FakeUser): number => (a.displayName < b.displayName ? -1 : 1);

function nextLink(self: string, params: URLSearchParams, from: number): string {
  const next = new URLSearchParams(params);
  next.set('$skiptoken', String(from));
  return `${self}?${next}`;
}

/** Of the name the beginnings of its words, of the others the beginning; no difference between cases. */
function searched(users: readonly FakeUser[], search: string): readonly FakeUser[] | null {
  const clauses = search.split(' OR ').map((clause) => CLAUSE.exec(clause));
  if (clauses.some((clause) => clause === null)) return null;
  return users.filter((user) =>
    clauses.some((clause) => {
      const [, property = '', value = ''] = clause ?? [];
      const text = String(user[property as keyof FakeUser] ?? '').toLowerCase();
      const parts = property === 'displayName' ? text.split(/[^\p{L}\p{N}]+/u) : [text];
      return parts.some((part) => part.startsWith(value.toLowerCase()));
    }),
  );
}

function filtered(users: readonly FakeUser[], filter: string | null): readonly FakeUser[] | null {
  if (filter === null) return users;
  const [, property, list = ''] = IN_FILTER.exec(filter) ?? [];
  if (property === undefined) return null;
  const values = [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
  if (values.length > MAX_IN_VALUES) return null;
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return users.filter((user) => wanted.has(String(user[property as keyof FakeUser] ?? '').toLowerCase()));
}
