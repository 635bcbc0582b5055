import { type ListedPerson, rememberedIn } from '../directory/person.ts';
import type { Row, Statement } from './database.ts';
import type { PeopleStore } from './store.ts';

type Run = (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;

const INSERT = `INSERT INTO people (tid, person_key, person)
  SELECT $1, entry->>'key', entry FROM jsonb_array_elements($2::jsonb) AS entry`;
const FORGET_LISTED = `DELETE FROM stored_values
  WHERE collection = $2 AND id IN (SELECT person_key FROM people WHERE tid = $1)`;
/** A statement's parameter stays at a few MB. */
const PEOPLE_PER_STATEMENT = 5_000;

/** People as rows of one table. */
export function createSqlPeople(run: Run): PeopleStore {
  return {
    async list(tid) {
      const [rows] = await run([
        { sql: 'SELECT person FROM people WHERE tid = $1 ORDER BY person_key COLLATE "C"', params: [tid] },
      ]);
      // Written by this module: the shape is trusted.
      return (rows ?? []).map((row) => row.person as ListedPerson);
    },
    async replace(tid, people) {
      await run(replacePeople(tid, people));
    },
  };
}

/** Another list in place of the one before, for a transaction. */
export function replacePeople(tid: string, people: readonly ListedPerson[]): readonly Statement[] {
  const statements: Statement[] = [
    { sql: FORGET_LISTED, params: [tid, rememberedIn(tid)] },
    { sql: 'DELETE FROM people WHERE tid = $1', params: [tid] },
  ];
  for (let from = 0; from < people.length; from += PEOPLE_PER_STATEMENT) {
    const some = people.slice(from, from + PEOPLE_PER_STATEMENT);
    statements.push({ sql: INSERT, params: [tid, JSON.stringify(some)] });
  }
  return statements;
}
