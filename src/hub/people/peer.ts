import type { Device, PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/model.ts';
import type { HubMessageName, HubMessages } from '../../protocol/types.ts';
import type { Asker } from '../directory/directory.ts';
import type { MeetingRef } from '../store/meeting-store.ts';

/** One page that has said hello: who it is for, and a way to tell it things. */
export interface Peer {
  readonly connectionId: string;
  readonly person: PersonKey;
  readonly account: Account;
  readonly name: string;
  readonly device: Device;
  /** The one meeting that somebody without a sign-in has a ticket for. */
  readonly visits?: MeetingRef;
  /** With which the page is signed in now. Secret; null where there is no sign-in. */
  accessToken(): string | null;
  send<M extends HubMessageName>(name: M, message: HubMessages[M]): void;
  /** While the page is slow to read, only the newest message of a key is kept. */
  sendLatest<M extends HubMessageName>(key: string, name: M, message: HubMessages[M]): void;
}

/** The page as somebody who asks the directory. */
export const askerOf = (peer: Pick<Peer, 'person' | 'account' | 'accessToken'>): Asker => ({
  person: peer.person,
  tid: peer.account.tid,
  accessToken: () => peer.accessToken(),
});
