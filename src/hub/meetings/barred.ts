import { audience } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import type { CallLog } from '../calls/call-log.ts';
import type { Directory } from '../directory/directory.ts';
import type { Peer } from '../people/peer.ts';
import type { Reach } from '../reach/reach.ts';
import { names } from './book.ts';
import { type Barred, outsidersAmong } from './doors.ts';
import { callOfMeeting } from './joining-parts.ts';

export interface BarredOptions {
  readonly log: Pick<CallLog, 'open'>;
  readonly reach: Pick<Reach, 'wouldAllow' | 'world'>;
  readonly directory: Pick<Directory, 'person'>;
  /** The account of somebody who is connected now. */
  readonly signedIn: (person: PersonKey) => Pick<Peer, 'account'> | undefined;
}

/** The same question as when they come in. About whoever has no sign-in the door alone decides. */
export function createBarred({ log, reach, directory, signedIn }: BarredOptions): Barred {
  return async (meeting, state, waiting) => {
    const call = callOfMeeting(log, meeting);
    const there = call === undefined ? [] : audience(call.state);
    const inside = outsidersAmong(state);
    const asked = waiting.map(async ({ person, class: as }) => {
      if (isAnonymous(person)) return [];
      const account = (signedIn(person) ?? (await directory.person(person)))?.account;
      // Whoever has no account here any more is refused when they come.
      if (account === undefined) return [];
      const outsiders = as === 'anonymous' ? new Set([...inside, person]) : inside;
      // Whoever was invited may be with the organizer; by a link anybody comes.
      const present = names(meeting, account, reach.world()) ? there : [...new Set([...there, meeting.organizer])];
      const actor = { person, account };
      const may = await reach.wouldAllow({ action: 'join', actor, present, place: 'meeting', outsiders });
      return may ? [] : [person];
    });
    return new Set((await Promise.all(asked)).flat());
  };
}
