import * as v from 'valibot';
import { ACCOUNT_KINDS } from '../../domain/reach/model.ts';
import type { ValueStore } from '../store/store.ts';
import { plainAccount } from './directory.ts';
import { type DirectoryPerson, rememberedIn } from './person.ts';

/** People who have signed in or were found in a directory elsewhere, as the store keeps them. */
const personSchema = v.object({
  key: v.string(),
  name: v.string(),
  mail: v.string(),
  jobTitle: v.string(),
  company: v.string(),
  account: v.object({
    key: v.string(),
    tid: v.string(),
    kind: v.picklist(ACCOUNT_KINDS),
    // Earlier releases kept no more than the above.
    homeTid: v.optional(v.nullable(v.string()), null),
    groups: v.optional(v.nullable(v.array(v.string())), () => []),
    hidden: v.optional(v.boolean(), false),
  }),
});

export async function readRemembered(
  values: Pick<ValueStore, 'list'>,
  tid: string,
  nowMs: number,
): Promise<readonly DirectoryPerson[]> {
  const kept = await values.list(rememberedIn(tid), nowMs);
  return kept.flatMap(({ value }) => {
    const parsed = v.safeParse(personSchema, value);
    if (!parsed.success) return [];
    const { account, ...person } = parsed.output;
    return [{ ...person, account: { ...plainAccount({ ...account, mail: person.mail }), ...account } }];
  });
}
