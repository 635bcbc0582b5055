import type { Result } from '../../domain/call/refusal.ts';
import type { Device, PersonKey } from '../../domain/call/state.ts';
import type { HubMethodName, HubMethods } from '../../protocol/types.ts';
import type { DirectoryPerson } from '../directory/directory.ts';
import type { Peer } from '../people/peer.ts';
import type { Session } from './session.ts';

/** What a connection can do besides asking: made by the endpoint, so that the handlers know no wire. */
export interface Wire {
  peer(device: Device, me: DirectoryPerson): Peer;
  renew(accessToken: string): Promise<Result<{ readonly expiresAtMs: number }>>;
  /** Ends all connections of these people, who are told that they have switched to another account. */
  dismiss(people: readonly PersonKey[]): void;
}

/** What a handler is given: everything is parsed, authorised and in its turn. */
export interface Invocation<M extends HubMethodName> {
  readonly request: HubMethods[M]['request'];
  readonly session: Session;
  readonly wire: Wire;
}

export type Handler<M extends HubMethodName> = (invocation: Invocation<M>) => Promise<Result<HubMethods[M]['answer']>>;
/** For methods that a page may use only after its hello. */
export type PeerHandler<M extends HubMethodName> = (
  peer: Peer,
  request: HubMethods[M]['request'],
  wire: Wire,
) => Promise<Result<HubMethods[M]['answer']>>;

export type Handlers = { readonly [M in HubMethodName]: Handler<M> };
