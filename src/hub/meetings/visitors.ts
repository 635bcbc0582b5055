import type { PersonKey } from '../../domain/call/state.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import { anonymousCaller, describeCaller } from '../../domain/meeting/classes.ts';
import type { LobbyState } from '../../domain/meeting/lobby-state.ts';
import type { Caller, Meeting } from '../../domain/meeting/model.ts';
import type { ReachWorld } from '../../domain/reach/model.ts';
import type { Directory } from '../directory/directory.ts';
import type { Peer } from '../people/peer.ts';
import type { Accounts } from '../reach/accounts.ts';

/** People at the doors of meetings, as the rules of meetings see them at this moment. */
export interface Visitors {
  see(peer: Pick<Peer, 'person' | 'account' | 'name'>, meeting: Meeting): Promise<Caller>;
  /** Everybody who waits, described anew. Those who are in keep the class with which they came in. */
  waiting(state: LobbyState, meeting: Meeting): Promise<readonly Caller[]>;
}

export interface VisitorsOptions {
  readonly directory: Pick<Directory, 'person'>;
  readonly accounts: Accounts;
  readonly world: () => ReachWorld;
  /** The account of somebody who is connected now. */
  readonly signedIn: (person: PersonKey) => Pick<Peer, 'person' | 'account' | 'name'> | undefined;
}

export function createVisitors({ directory, accounts, world, signedIn }: VisitorsOptions): Visitors {
  const see: Visitors['see'] = async (peer, meeting) => {
    if (isAnonymous(peer.person)) return anonymousCaller(peer.person, peer.name);
    const organizer = (await directory.person(meeting.organizer))?.account ?? null;
    return describeCaller({ world: world(), meeting, organizer }, await accounts.of(peer), peer.name);
  };
  return {
    see,
    async waiting({ waiting }, meeting) {
      const described = waiting.map(async ({ caller }) => {
        const account = signedIn(caller.person) ?? (await directory.person(caller.person));
        if (account === undefined || account === null) return caller;
        return see({ person: caller.person, account: account.account, name: caller.name }, meeting);
      });
      return Promise.all(described);
    },
  };
}
