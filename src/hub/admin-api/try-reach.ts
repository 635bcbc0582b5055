import { refuseAbsent } from '../../domain/reach/absent.ts';
import { decideReach } from '../../domain/reach/decide.ts';
import type { Account, ReachWorld, RuleStep, Verdict } from '../../domain/reach/model.ts';
import type { Someone, TryAnswer } from '../../protocol/admin-api/answers.ts';
import type { Directory, DirectoryPerson } from '../directory/directory.ts';
import { domainOfMail, toMail } from '../policy/address.ts';
import { toQuestion } from '../policy/explain.ts';
import type { Administrator } from './administrator.ts';
import { anybodyAt, nobodyAt } from './outsiders.ts';
import type { Viewer } from './viewer.ts';

export interface TryOptions {
  readonly directory: Pick<Directory, 'person' | 'byMail'>;
  readonly world: ReachWorld;
  readonly viewer: Viewer;
}

export interface Tried {
  readonly from: string;
  readonly to: string;
  readonly action: Parameters<typeof toQuestion>[0]['action'];
  readonly present: readonly string[];
}

/** Somebody whom an address means, as far as the administrator may know. */
type Meant =
  | { readonly kind: 'own'; readonly account: Account; readonly shown: Someone }
  | { readonly kind: 'foreign'; readonly domain: string; readonly account: Account; readonly shown: Someone }
  /** The domain is of no tenant here. */
  | { readonly kind: 'elsewhere'; readonly domain: string; readonly account: Account; readonly shown: Someone }
  | { readonly kind: 'nobody'; readonly who: string };
type Known = Exclude<Meant, { kind: 'nobody' }>;

/**
 * The hub's own decision, with its rules. Whether an address of another company exists shows in it no more than when one's
 * own people look for it: who may not be found, and who is not there, look the same.
 */
export async function tryReach(options: TryOptions, admin: Administrator, tried: Tried): Promise<TryAnswer> {
  const meant = await Promise.all([tried.from, tried.to, ...tried.present].map((who) => meantBy(options, admin, who)));
  const unknown = meant.find((one) => one.kind === 'nobody');
  if (unknown !== undefined) return unknown;
  const [from, to, ...present] = meant.filter((one) => one.kind !== 'nobody');
  if (from === undefined || to === undefined) throw new Error('two people were asked about');
  if (from.kind !== 'own' && to.kind !== 'own') return { kind: 'not-yours' };
  const verdict = decide(options.world, tried.action, { from, to, present });
  return {
    kind: 'verdict',
    allowed: verdict.allowed,
    code: verdict.allowed ? null : verdict.code,
    from: from.shown,
    to: to.shown,
    steps: await options.viewer.decided(verdict.steps.map((step) => asOwn(step, admin.tid))),
  };
}

interface Together {
  readonly from: Known;
  readonly to: Known;
  readonly present: readonly Known[];
}

function decide(world: ReachWorld, action: Tried['action'], together: Together): Verdict {
  const { from, to } = together;
  const elsewhere = [from, to].find((one) => one.kind === 'elsewhere');
  const own = from.kind === 'own' ? from : to;
  if (elsewhere !== undefined) return refuseAbsent(world, own.account, elsewhere.domain);
  const verdict = decideFor(world, action, together);
  const denying = new Set(
    verdict.steps.flatMap(({ outcome, rule, tid }) => (outcome === 'denies' && !isUniversal(rule) ? [tid] : [])),
  );
  const deniesThere = [from, to, ...together.present].some(
    (one) => one.kind === 'foreign' && denying.has(one.account.tid),
  );
  return deniesThere ? decideBlindly(world, action, together, denying) : verdict;
}

/**
 * Another company's people count as anybody there when their side denies: by what the company has set, else without any
 * reason. Which of them it is, and by which setting of their own, makes no difference then.
 */
function decideBlindly(
  world: ReachWorld,
  action: Tried['action'],
  { from, to, present }: Together,
  denying: ReadonlySet<string>,
): Verdict {
  const decideWith = (standIn: typeof anybodyAt): Verdict => {
    const blind = (one: Known): Known =>
      one.kind === 'foreign' && denying.has(one.account.tid)
        ? { ...one, account: standIn(one.account.tid, one.domain) }
        : one;
    return decideFor(world, action, { from: blind(from), to: blind(to), present: present.map(blind) });
  };
  const byCompany = decideWith(anybodyAt);
  return byCompany.allowed ? decideWith(nobodyAt) : byCompany;
}

function decideFor(world: ReachWorld, action: Tried['action'], { from, to, present }: Together): Verdict {
  const accounts = { from: from.account, to: to.account, present: present.map(({ account }) => account) };
  return decideReach(world, toQuestion({ action, ...accounts }));
}

/** Rules that no company sets are nobody's secret. */
const asOwn = (step: RuleStep, tid: string): RuleStep => (isUniversal(step.rule) ? { ...step, tid } : step);

const isUniversal = (rule: RuleStep['rule']): boolean =>
  rule === 'external-group' || rule === 'external-files' || rule === 'self';

/** An address of another tenant's domain means the account at home; a guest's account here is meant by its key. */
async function meantBy({ directory, world }: TryOptions, { tid, asker }: Administrator, who: string): Promise<Meant> {
  const byKey = who.startsWith(`${tid}:`) ? await directory.person(who) : null;
  if (byKey !== null) return own(byKey);
  const mail = toMail(who);
  if (mail === null) return { kind: 'nobody', who };
  const domain = domainOfMail(mail);
  const tenant = world.tenantOfDomain(domain);
  if (tenant !== undefined && tenant.tid !== tid) {
    const account = (await directory.byMail(asker, tenant.tid, mail))?.account ?? nobodyAt(tenant.tid, domain);
    return { kind: 'foreign', domain, account, shown: { kind: 'outsider', company: tenant.name } };
  }
  const found = await directory.byMail(asker, tid, mail);
  if (found !== null) return own(found);
  if (tenant !== undefined) return { kind: 'nobody', who };
  return { kind: 'elsewhere', domain, account: anybodyAt('', domain), shown: { kind: 'outsider', company: null } };
}

const own = ({ account, key, name, mail }: DirectoryPerson): Meant => ({
  kind: 'own',
  account,
  shown: { kind: 'person', key, name, mail },
});
