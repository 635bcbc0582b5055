import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import { refuseAbsent } from '../../domain/reach/absent.ts';
import { decideReach } from '../../domain/reach/decide.ts';
import { createFinder } from '../../domain/reach/finder.ts';
import type { Account, ReachAction, ReachQuestion, ReachWorld, Refused, Verdict } from '../../domain/reach/model.ts';
import type { DirectoryPerson } from '../directory/directory.ts';
import type { Accounts, Somebody } from './accounts.ts';
import type { RefusalRecords, RefusedReach } from './audit.ts';
import { hasAsked } from './witness.ts';

/** A question by the keys of people; who they are is looked up at the moment of asking. */
export interface Asked {
  readonly action: ReachAction;
  readonly actor: Somebody;
  /** Everybody who is there already, with or without the two. */
  readonly present: readonly PersonKey[];
  readonly place: ReachQuestion['place'];
  /** Of a meeting: who is in it, or comes, as anonymous. They and people of other tenants are not asked about each other. */
  readonly outsiders?: ReadonlySet<PersonKey>;
}

/** The one place where the hub asks the rules of reach. Every answer is of the policies as they are at this moment. */
export interface Reach {
  world(): ReachWorld;
  /** Whether somebody may be in their tenant at all; a refusal leaves a record. */
  admit(actor: Somebody): Promise<Result<null>>;
  /** With everybody who is there; a refusal leaves a record and carries its reference. */
  ask(asked: Asked): Promise<Result<null>>;
  /** As `ask`, of somebody who does not ask themselves. Leaves no record. */
  wouldAllow(asked: Asked): Promise<boolean>;
  /** With one other person. Who does not exist is refused as one who may not be found, with a record too. */
  askAbout(asked: Asked, to: PersonKey): Promise<Result<DirectoryPerson>>;
  /** With the person that was found at a full address of another tenant's domain, or nobody. */
  askAddress(actor: Somebody, domain: string, found: DirectoryPerson | null): Promise<Result<DirectoryPerson>>;
  /** Whom of these the actor may do it with, and why not with the others. Leaves no record: nobody asked for one of them. */
  sift(action: ReachAction, actor: Somebody): Promise<Sieve>;
  /** Whom of these the reader may not find, e.g. of those whom a log names. Leaves no record. */
  unfindable(reader: Somebody, people: readonly PersonKey[]): Promise<ReadonlySet<PersonKey>>;
  /** Whom of very many the actor may find. Leaves no record. */
  finder(actor: Somebody): Promise<(target: Account) => boolean>;
}

/** Decides about one account after the other, for lists; null for somebody whom the directory does not know. */
export type Sieve = (target: Account | null) => Verdict;

export interface ReachOptions {
  readonly world: () => ReachWorld;
  readonly accounts: Accounts;
  readonly records: RefusalRecords;
}

export function createReach({ world, accounts, records }: ReachOptions): Reach {
  const answer = async (what: RefusedReach, verdict: Verdict, nobody?: Refused): Promise<Result<null>> => {
    if (verdict.allowed) return accept(null);
    const reference = await records.refused(what, verdict, nobody);
    return { ok: false, refusal: { code: verdict.code, reference } };
  };
  const look = async (asked: Asked, target: DirectoryPerson | null): Promise<Verdict> => {
    const { action, place } = asked;
    const others = asked.present.filter((key) => key !== asked.actor.person && key !== target?.key);
    const actor = await accounts.of(asked.actor);
    const present = await accounts.present(others.filter((key) => isAskedAbout(asked, key)));
    const isOutsider = isAnonymous(actor.key) && asked.outsiders?.has(actor.key) === true;
    return isOutsider
      ? { allowed: true, steps: [] }
      : decideReach(world(), { action, actor, target: target?.account ?? null, present, place });
  };
  const decide = async (asked: Asked, target: DirectoryPerson | null): Promise<Verdict> => {
    const verdict = await look(asked, target);
    // Whoever is refused and goes on all the same has not asked.
    if (verdict.allowed) hasAsked(asked.action);
    return verdict;
  };

  return {
    world,
    async admit(actor) {
      const account = await accounts.of(actor);
      const question = { action: 'join', actor: account, target: null, present: [], place: 'none' } as const;
      const verdict = decideReach(world(), question);
      if (verdict.allowed) return accept(null);
      const reference = await records.signInRefused(actor.person, verdict.code);
      return { ok: false, refusal: { code: verdict.code, reference } };
    },
    async ask(asked) {
      return answer(toRefused(asked, null), await decide(asked, null));
    },
    async wouldAllow(asked) {
      return (await look(asked, null)).allowed;
    },
    async askAbout(asked, to) {
      const target = await accounts.person(to, asked.actor.person);
      const actor = await accounts.of(asked.actor);
      // The same way for those who do not exist, up to the record.
      const verdict = await decide(asked, target);
      const nobody = absent(world(), actor, to);
      const result = await answer(toRefused(asked, to), target === null ? nobody : verdict, nobody);
      if (!result.ok || target === null) return result.ok ? refuse('not-found') : result;
      return accept(target);
    },
    async askAddress(actor, domain, found) {
      const account = await accounts.of(actor);
      const nobody = refuseAbsent(world(), account, domain);
      const verdict = found === null ? nobody : find(world(), account, found);
      const asked = { action: 'find', actor, present: [], place: 'none' } as const;
      const result = await answer({ ...toRefused(asked, null), domain }, verdict, nobody);
      if (!result.ok || found === null) return result.ok ? refuse('not-found') : result;
      hasAsked('find');
      return accept(found);
    },
    async sift(action, actor) {
      const account = await accounts.of(actor);
      return (target) => {
        hasAsked(action);
        return decideReach(world(), { action, actor: account, target, present: [], place: 'none' });
      };
    },
    async unfindable(reader, people) {
      const [actor, targets] = await Promise.all([accounts.of(reader), accounts.present(people)]);
      const question = { action: 'find', actor, present: [], place: 'none' } as const;
      const hidden = targets.filter((target) => !decideReach(world(), { ...question, target }).allowed);
      return new Set(hidden.map(({ key }) => key));
    },
    async finder(actor) {
      const mayFind = createFinder(world(), await accounts.of(actor));
      return (target) => {
        hasAsked('find');
        return mayFind(target);
      };
    },
  };
}

/** The meeting's own door decides about outsiders; what a company says of its own people holds between them all the same. */
function isAskedAbout({ actor, outsiders }: Asked, other: PersonKey): boolean {
  if (isAnonymous(other)) return outsiders?.has(other) !== true;
  const isDoors = outsiders?.has(other) === true || outsiders?.has(actor.person) === true;
  return !isDoors || tidOf(other) === tidOf(actor.person);
}

const find = (world: ReachWorld, actor: Account, { account: target }: DirectoryPerson): Verdict =>
  decideReach(world, { action: 'find', actor, target, present: [], place: 'none' });

const toRefused = ({ action, actor, present }: Asked, target: PersonKey | null) =>
  ({ kind: 'refused', actor: actor.person, action, target, domain: null, present }) as const;

/** Keys cannot be guessed, so that the tenant's first domain will do for somebody who is not there. */
const absent = (world: ReachWorld, actor: Account, key: PersonKey): Refused =>
  refuseAbsent(world, actor, world.tenant(tidOf(key))?.domains[0] ?? '');
