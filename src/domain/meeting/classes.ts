import type { PersonKey } from '../call/state.ts';
import { domainOf } from '../reach/external.ts';
import { isGuest } from '../reach/guests.ts';
import type { Account, ReachWorld } from '../reach/model.ts';
import { askTrust, createChain } from '../reach/pair.ts';
import type { Caller, Meeting, MeetingClass } from './model.ts';

/** What the class of somebody towards a meeting follows from. */
export interface Towards {
  readonly world: ReachWorld;
  readonly meeting: Meeting;
  /** Their own external access counts on the meeting's side; null when the account is gone: then the tenant's alone does. */
  readonly organizer: Account | null;
}

/** Somebody who is signed in, at the door of a meeting. */
export function describeCaller(towards: Towards, account: Account, name: string): Caller {
  return {
    person: account.key,
    name,
    class: classTowards(towards, account),
    signedIn: true,
    invited: isInvited(towards, account),
  };
}

/** Somebody who typed a name. @param person `anon:` and something random */
export const anonymousCaller = (person: PersonKey, name: string): Caller => ({
  person,
  name,
  class: 'anonymous',
  signedIn: false,
  invited: false,
});

export function classTowards({ world, meeting, organizer }: Towards, account: Account): MeetingClass {
  if (account.tid !== meeting.tid) {
    return isFederated(world, organizer ?? tenantItself(meeting.tid), account) ? 'federated' : 'anonymous';
  }
  if (isGuest(account)) return 'guest';
  return account.key === meeting.organizer ? 'organizer' : 'member';
}

/** Whether both sides accept the other's domain. A guest of another tenant never counts as one of its people. */
function isFederated(world: ReachWorld, host: Account, account: Account): boolean {
  const hosting = world.tenant(host.tid);
  const visiting = world.tenant(account.tid);
  if (hosting === undefined || visiting === undefined) return false;
  const chain = createChain();
  askTrust(hosting, host, domainOf(world, visiting, account), { to: account, chain });
  askTrust(visiting, account, domainOf(world, hosting, host), { to: host, chain });
  return chain.denial === null;
}

/**
 * By account, or by an address that is beyond doubt: the directory of a tenant may say anything about its people, so an address
 * counts only where its domain is that tenant's own, or where it was this tenant that invited the guest.
 */
export function isInvited({ world, meeting }: Pick<Towards, 'world' | 'meeting'>, account: Account): boolean {
  const domain = account.mail.slice(account.mail.lastIndexOf('@') + 1);
  const isOwnMail = account.tid === meeting.tid || world.tenantOfDomain(domain)?.tid === account.tid;
  return meeting.invitees.some((invitee) =>
    invitee.kind === 'account' ? invitee.person === account.key : isOwnMail && invitee.mail === account.mail,
  );
}

/** A person of whom nothing but the tenant decides. */
const tenantItself = (tid: string): Account => ({
  key: '',
  tid,
  kind: 'internal',
  mail: '',
  homeTid: null,
  groups: [],
  hidden: false,
  external: { enabled: true, mode: { kind: 'default' } },
});
