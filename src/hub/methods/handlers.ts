import { isIn } from '../../domain/call/queries.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { Device, Participant, PersonKey } from '../../domain/call/state.ts';
import type { HubMethodName, HubMethods, Welcome } from '../../protocol/types.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { type Grants, withGrantedRole } from '../admin-api/grants.ts';
import type { Clock } from '../clock.ts';
import { type Directory, type DirectoryPerson, plainAccount } from '../directory/directory.ts';
import type { Hub } from '../hub.ts';
import { type IceSettings, iceServersFor } from '../ice-servers.ts';
import { APP_ROLES, admit, type Identity } from '../identity/identity.ts';
import { toPerson } from '../people/lists.ts';
import type { Peer } from '../people/peer.ts';
import type { Asked } from '../reach/reach.ts';
import { createMeetingHandlers } from './meeting-handlers.ts';
import type { Session } from './session.ts';

/** What a connection can do besides asking: made by the endpoint, so that the handlers know no wire. */
export interface Wire {
  peer(device: Device, me: DirectoryPerson): Peer;
  renew(accessToken: string): Promise<Result<{ readonly expiresAtMs: number }>>;
}

export interface HandlerOptions {
  readonly hub: Hub;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ice: IceSettings;
  /** Administrators by the hub's own word. */
  readonly grants: Pick<Grants, 'isGranted'>;
}

/** What a handler is given: everything is parsed, authorised and in its turn. */
export interface Invocation<M extends HubMethodName> {
  readonly request: HubMethods[M]['request'];
  readonly session: Session;
  readonly wire: Wire;
}

type Handler<M extends HubMethodName> = (invocation: Invocation<M>) => Promise<Result<HubMethods[M]['answer']>>;
/** For methods that a page may use only after its hello. */
type PeerHandler<M extends HubMethodName> = (
  peer: Peer,
  request: HubMethods[M]['request'],
  wire: Wire,
) => Promise<Result<HubMethods[M]['answer']>>;

export type Handlers = { readonly [M in HubMethodName]: Handler<M> };

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
    meetings: list(async (peer) => accept(await lists.meetings(peer))),
    call: afterHello((peer, request) => calls.call(peer, request)),
    add: afterHello((peer, request) => calls.add(peer, request)),
    joinMeeting: afterHello(async (peer, request) => {
      const log = await calls.joinMeeting(peer, request);
      return log.ok
        ? accept({ state: 'in', log: log.value, part: { class: 'member', signedIn: true, kind: 'scheduled' } })
        : log;
    }),
    command: afterHello((peer, request) => calls.command(peer, request)),
    resume: afterHello((peer, request) => calls.resume(peer, request)),
    signal: afterHello((peer, request) => signal(hub, peer, request)),
    relay: afterHello((peer, request) => relay(hub, peer, request)),
    ...createMeetingHandlers(),
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
  if (session.peer !== null && session.peer.device.id !== device.id) return refuse('out-of-turn', 'another device');
  const admission = admit(identity, device.kind);
  if (!admission.ok) {
    const reference = await hub.records.signInRefused(identity.personKey, admission.code);
    const detail = admission.code === 'licence-missing' ? { detail: admission.licence } : {};
    return { ok: false, refusal: { code: admission.code, ...detail, reference } };
  }
  const me = await meOf(directory, session);
  const admitted = await hub.reach.admit({ person: me.key, account: me.account });
  if (!admitted.ok) return admitted;
  const peer = session.peer ?? wire.peer(device, me);
  session.peer = peer;
  // From here on the page hears of new events, so none is missed between the logs read below and those told later.
  hub.arrived(peer);
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
function withinCall(hub: Hub, peer: Peer, { callId, to }: Addressee): Pick<Asked, 'present' | 'place'> {
  const state = hub.log.open.get(callId)?.state;
  if (state === undefined || !isIn(state.participants[peer.person]) || !isIn(state.participants[to])) {
    return { present: [], place: 'none' };
  }
  return { present: [to], place: state.kind === 'meeting' ? 'meeting' : 'call' };
}

/** The others in the call, if the asking page is the one that is in it. */
function peopleAround(hub: Hub, peer: Peer, callId: string): Result<readonly Participant[]> {
  const state = hub.log.open.get(callId)?.state;
  const self = state?.participants[peer.person];
  if (state === undefined || self === undefined) return refuse('call-unknown');
  if (!isIn(self) || self.device?.id !== peer.device.id) return refuse('not-in-call');
  return accept(Object.values(state.participants).filter((one) => isIn(one) && one.person !== peer.person));
}
