import { isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { Participant, PersonKey } from '../../domain/call/state.ts';
import { admittedName } from '../../domain/meeting/lobby-state.ts';
import { whyClosedTo } from '../../domain/meeting/opening.ts';
import type { HubMethodName, HubMethods, Welcome } from '../../protocol/types.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { type Grants, withGrantedRole } from '../admin-api/grants.ts';
import { callsIn, HUB } from '../calls/context.ts';
import type { Clock } from '../clock.ts';
import { type Directory, type DirectoryPerson, plainAccount } from '../directory/directory.ts';
import type { Hub } from '../hub.ts';
import { type IceSettings, iceServersFor } from '../ice-servers.ts';
import { APP_ROLES, admit, type Identity } from '../identity/identity.ts';
import type { Visit } from '../join-api/tickets.ts';
import { anonymousAccount } from '../meetings/anonymous.ts';
import { mayInCall, rightOfRelay } from '../meetings/rights.ts';
import { toPerson } from '../people/lists.ts';
import type { Peer } from '../people/peer.ts';
import type { Asked } from '../reach/reach.ts';
import type { Handler, Handlers, Invocation, PeerHandler } from './handler.ts';
import { createMeetingHandlers } from './meeting-handlers.ts';
import type { Session } from './session.ts';

export interface HandlerOptions {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ice: IceSettings;
  /** Administrators by the hub's own word. */
  readonly grants: Pick<Grants, 'isGranted'>;
}

export function createHandlers(options: HandlerOptions): Handlers {
  const { hub, clock, ice } = options;
  const { calls, lists, reach } = hub;
  /** A list is for those who may be in the tenant at all; whom it shows is sifted where it is made. */
  const list = <M extends HubMethodName>(handle: PeerHandler<M>): Handler<M> =>
    afterHello(async (peer, request, wire) => {
      const admitted = await reach.admit(peer);
      return admitted.ok ? handle(peer, request, wire) : admitted;
    });
  return {
    hello: (invocation) => hello(options, invocation),
    renew: afterHello((_peer, request, wire) => wire.renew(request.accessToken)),
    iceServers: afterHello(async (peer) => accept(iceServersFor(ice, peer.person, clock.nowMs()))),
    contacts: list(async (peer) => accept(await lists.contacts(peer))),
    search: list((peer, { query }) => lists.search(peer, query)),
    call: afterHello((peer, request) => calls.call(peer, request)),
    add: afterHello((peer, request) => calls.add(peer, request)),
    joinMeeting: afterHello((peer, request) => calls.joinMeeting(peer, request)),
    command: afterHello((peer, request) => calls.command(peer, request)),
    resume: afterHello((peer, request) => calls.resume(peer, request)),
    signal: afterHello((peer, request) => hub.rules.during(() => signal(hub, peer, request))),
    relay: afterHello((peer, request) => hub.rules.during(() => relay(hub, peer, request))),
    ...createMeetingHandlers(hub, afterHello, list),
  };
}

function afterHello<M extends HubMethodName>(handle: PeerHandler<M>): Handler<M> {
  return async ({ session, request, wire }) =>
    session.peer === null ? refuse('out-of-turn', 'hello comes first') : handle(session.peer, request, wire);
}

async function hello(
  options: HandlerOptions,
  { session, request, wire }: Invocation<'hello'>,
): ReturnType<Handler<'hello'>> {
  const { hub, directory, clock } = options;
  const { identity } = session;
  const { device } = request;
  if (session.visit !== null) return helloOfVisitor(options, { session, request, wire }, session.visit);
  if (session.peer !== null && session.peer.device.id !== device.id) return refuse('out-of-turn', 'another device');
  const admission = admit(identity, device.kind);
  if (!admission.ok) return refuseAdmission(hub, identity, admission);
  const me = await meOf(directory, session);
  const admitted = await hub.reach.admit({ person: me.key, account: me.account });
  if (!admitted.ok) return admitted;
  const others = (await directory.accountsOf(me.key)).flatMap(({ key }) => (key === me.key ? [] : [key]));
  // Nothing is awaited between this and the arrival: of two accounts that come at once the second one sees the first.
  if (others.some((key) => hub.online.isOnline(key) && callsIn(hub.log, key).length > 0)) {
    return refuse('other-account-in-call');
  }
  wire.dismiss(others);
  const peer = session.peer ?? wire.peer(device, me);
  session.peer = peer;
  // From here on the page hears of new events, so none is missed between the logs read below and those told later.
  hub.arrived(peer);
  await leaveBehind(hub, others);
  return accept({
    protocolVersion: PROTOCOL_VERSION,
    hubTimeMs: clock.nowMs(),
    me: { ...toPerson(me), isGuest: identity.isGuest },
    tenantName: directory.tenantName(identity.tid),
    tenants: await tenantsOf(options, me),
    isAdmin: admit(await withGrantedRole(options.grants, identity), 'admin').ok,
    calls: await hub.calls.logsFor(peer, request.resume),
  });
}

/** Calls that another account of the same human has dropped out of do not wait for it to come back. */
async function leaveBehind({ log }: Hub, people: readonly PersonKey[]): Promise<void> {
  const calls = people.flatMap((person) =>
    callsIn(log, person).map(({ record }) => ({ person, callId: record.callId })),
  );
  await Promise.all(
    calls.map(({ person, callId }) =>
      log.run(
        callId,
        [
          { actor: HUB, command: { type: 'loseConnection', person } },
          { actor: HUB, command: { type: 'giveUpOn', person } },
        ],
        null,
      ),
    ),
  );
}

/** A sign-in that the account is not made for, with its record; a licence that is missing is named. */
export async function refuseAdmission(
  hub: Pick<Hub, 'records'>,
  { personKey }: Pick<Identity, 'personKey'>,
  admission: Exclude<ReturnType<typeof admit>, { readonly ok: true }>,
): Promise<Result<never>> {
  const { code } = admission;
  const reference = await hub.records.signInRefused(personKey, code);
  const detail = code === 'licence-missing' ? { detail: admission.licence } : {};
  return { ok: false, refusal: { code, ...detail, reference } };
}

/** Somebody without a sign-in: the name they typed, and the company whose meeting it is. */
async function helloOfVisitor(
  { hub, clock }: HandlerOptions,
  { session, request, wire }: Invocation<'hello'>,
  visit: Visit,
): ReturnType<Handler<'hello'>> {
  const { device } = request;
  if (device.kind !== 'join' && device.kind !== 'phone') return refuse('not-signed-in');
  if (session.peer !== null && session.peer.device.id !== device.id) return refuse('out-of-turn', 'another device');
  const { person: key, tid } = visit;
  const found = await hub.meetings.book.find(visit);
  if (found === null) return refuse('link-unknown');
  const state = await hub.meetings.doors.state(visit);
  const closed = whyClosedTo(key, state, hub.meetings.doors.contextOf(found.meeting));
  if (closed !== null) return refuse(closed);
  const name = admittedName(state, key) ?? visit.name;
  const me = { key, name, mail: '', jobTitle: '', company: '' };
  const peer = session.peer ?? wire.peer(device, { ...me, account: anonymousAccount(key) });
  session.peer = peer;
  hub.arrived(peer);
  return accept({
    protocolVersion: PROTOCOL_VERSION,
    hubTimeMs: clock.nowMs(),
    me: { ...me, isGuest: false },
    tenantName: hub.reach.world().tenant(tid)?.name ?? '',
    tenants: [],
    isAdmin: false,
    calls: await hub.calls.logsFor(peer, request.resume),
  });
}

/** Where the person has accounts, and may come. */
async function tenantsOf({ hub, directory }: HandlerOptions, me: DirectoryPerson): Promise<Welcome['tenants']> {
  const others = (await directory.accountsOf(me.key)).filter(({ key }) => key !== me.key);
  const isOpen = ({ account: { tid, kind } }: DirectoryPerson): boolean =>
    kind !== 'guest' || hub.policies.of(tid)?.policy.guests.enabled === true;
  return [me, ...others.filter(isOpen)]
    .map(({ account: { tid, kind } }) => {
      const policy = hub.policies.of(tid)?.policy;
      return {
        tid,
        name: policy?.name ?? directory.tenantName(tid),
        domain: policy?.domains[0] ?? '',
        home: kind !== 'guest',
      };
    })
    .toSorted((a, b) => Number(b.home) - Number(a.home));
}

/** The token proves who somebody is and the name; the directory knows the rest, if it knows the person at all. */
async function meOf(directory: Directory, session: Session): Promise<DirectoryPerson> {
  const { identity } = session;
  const { personKey: key, tid, name, mail } = identity;
  const known = await directory.person(key, { person: key, tid, accessToken: () => session.accessToken });
  const me: DirectoryPerson = {
    key,
    name: name ?? known?.name ?? mail ?? '',
    mail: mail ?? known?.mail ?? '',
    jobTitle: known?.jobTitle ?? '',
    company: known?.company ?? directory.tenantName(tid),
    account: {
      ...(known?.account ?? plainAccount({ key, tid, kind: 'internal', mail: mail ?? '' })),
      kind: kindOf(identity),
    },
  };
  await directory.signedIn(me);
  return me;
}

function kindOf({ isGuest, roles }: Identity): Peer['account']['kind'] {
  if (isGuest) return 'guest';
  return roles.includes(APP_ROLES.vendor) ? 'service' : 'internal';
}

async function signal(
  hub: Hub,
  peer: Peer,
  { callId, to, payload }: HubMethods['signal']['request'],
): Promise<Result<null>> {
  const page = await pageInCall(hub, peer, { callId, to });
  if (!page.ok) return page;
  page.value?.send('signal', { callId, from: peer.person, payload });
  return accept(null);
}

async function relay(
  hub: Hub,
  peer: Peer,
  { callId, to, payload }: HubMethods['relay']['request'],
): Promise<Result<null>> {
  const page = await pageInCall(hub, peer, { callId, to });
  if (!page.ok) return page;
  const right = rightOfRelay(payload);
  const call = hub.log.open.get(callId);
  const may = right === null || call === undefined ? accept(null) : mayInCall(hub.meetings.doors, call, peer, right);
  if (!may.ok) return may;
  page.value?.sendLatest(`${peer.person} ${payload.type}`, 'relay', { callId, from: peer.person, payload });
  return accept(null);
}

interface Addressee {
  readonly callId: string;
  readonly to: PersonKey;
}

/**
 * For the page that is in the call, and whose person may be with the other one: the page with which that one is in it; null
 * while that one is away.
 */
async function pageInCall(hub: Hub, peer: Peer, { callId, to }: Addressee): Promise<Result<Peer | null>> {
  const reach = await hub.reach.ask({ action: 'signal', actor: peer, ...withinCall(hub, peer, { callId, to }) });
  const inCall = peopleAround(hub, peer, callId);
  if (!inCall.ok) return inCall;
  if (!reach.ok) return reach;
  const other = inCall.value.find((one) => one.person === to);
  if (other === undefined || other.device === null) return refuse('not-found', 'not in the call');
  return accept(hub.online.onDevice(to, other.device) ?? null);
}

/** Whom the rules are asked about: nobody unless both are in the call, which is said without a look at the rules. */
function withinCall(hub: Hub, peer: Peer, { callId, to }: Addressee): Pick<Asked, 'present' | 'place' | 'outsiders'> {
  const call = hub.log.open.get(callId);
  const state = call?.state;
  if (
    call === undefined ||
    state === undefined ||
    !isIn(state.participants[peer.person]) ||
    !isIn(state.participants[to])
  ) {
    return { present: [], place: 'none' };
  }
  const place = state.kind === 'meeting' ? 'meeting' : 'call';
  return { present: [to], place, outsiders: hub.meetings.outsidersOf(call) };
}

/** The others in the call, if the asking page is the one that is in it. */
function peopleAround(hub: Hub, peer: Peer, callId: string): Result<readonly Participant[]> {
  const state = hub.log.open.get(callId)?.state;
  const self = state?.participants[peer.person];
  if (state === undefined || self === undefined) return refuse('call-unknown');
  if (!isIn(self) || self.device?.id !== peer.device.id) return refuse('not-in-call');
  return accept(Object.values(state.participants).filter((one) => isIn(one) && one.person !== peer.person));
}
