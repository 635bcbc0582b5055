import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { Invitation } from '../../protocol/meetings.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { createTokenBucket, type TokenBucket } from '../methods/token-bucket.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import { toMail } from '../policy/address.ts';
import type { Reach } from '../reach/reach.ts';
import { type Addressee, type InvitationWords, writeInvitation } from './invitation.ts';
import type { Links } from './links.ts';
import type { Mailer } from './mailer.ts';

export interface Invitations {
  write(peer: Peer, meeting: Meeting): Promise<Result<Invitation>>;
  /** One mail to each address. Refuses with `internal` where the mail server takes none of them. */
  send(peer: Peer, meeting: Meeting, order: SendingOrder): Promise<Result<{ readonly sent: number }>>;
}

export interface SendingOrder {
  /** null: as it is written for copying. */
  readonly text: string | null;
  readonly to: readonly string[];
}

export interface InvitationsOptions {
  readonly links: Links;
  readonly directory: Directory;
  readonly reach: Pick<Reach, 'sift' | 'world'>;
  readonly clock: Clock;
  /** null: people use their own mail programs. */
  readonly mailer: Mailer | null;
  readonly onFailure: (error: unknown) => void;
}

/** Nobody makes a source of unwanted mail of the hub: of one person so many an hour, and at once. */
const MAILS_PER_HOUR = 100;
const MAILS_AT_ONCE = 100;

export function createInvitations(options: InvitationsOptions): Invitations {
  const { links, mailer, clock, onFailure } = options;
  const budgets = new Map<string, TokenBucket>();

  const budgetOf = (person: string): TokenBucket => {
    const budget = budgets.get(person) ?? createTokenBucket(MAILS_PER_HOUR / 3600, MAILS_AT_ONCE);
    budgets.set(person, budget);
    return budget;
  };

  const write = async (peer: Peer, meeting: Meeting): Promise<Result<WrittenInvitation>> => {
    const url = await links.create(meeting);
    if (!url.ok) return url;
    const { organizer, invitees } = await peopleOf(options, peer, meeting);
    const company = options.reach.world().tenant(meeting.tid)?.name ?? '';
    const parts = { meeting, url: url.value, company, organizer, invitees, nowMs: clock.nowMs() };
    return accept({ words: writeInvitation(parts), url: url.value, organizer, invitees });
  };

  return {
    async write(peer, meeting) {
      const written = await write(peer, meeting);
      if (!written.ok) return written;
      const { words, url, invitees } = written.value;
      return accept({ ...words, url, recipients: invitees.map(({ mail }) => mail), canSend: mailer !== null });
    },
    async send(peer, meeting, { text, to }) {
      if (mailer === null) return refuse('not-allowed', 'no mail server');
      const addresses = to.map(toMail);
      if (addresses.includes(null)) return refuse('meeting-invalid', 'address-malformed');
      const written = await write(peer, meeting);
      if (!written.ok) return written;
      const { words, organizer } = written.value;
      let sent = 0;
      for (const address of new Set(addresses)) {
        if (address === null) continue;
        if (!budgetOf(peer.person).take(clock.nowMs()))
          return sent === 0 ? refuse('too-many-requests') : accept({ sent });
        const replyTo = { name: organizer.name, address: organizer.mail };
        const mail = { to: address, replyTo, subject: words.subject, text: text ?? words.text, ics: words.ics };
        try {
          await mailer.send(mail);
          sent += 1;
        } catch (error) {
          onFailure(error);
        }
      }
      return sent === 0 ? refuse('internal', 'the mail server took none') : accept({ sent });
    },
  };
}

interface WrittenInvitation {
  readonly words: InvitationWords;
  readonly url: string;
  readonly organizer: Addressee;
  readonly invitees: readonly Addressee[];
}

/** Those whom the one who invites may know. */
async function peopleOf({ directory, reach }: InvitationsOptions, peer: Peer, meeting: Meeting) {
  const mayFind = await reach.sift('find', peer);
  const find = async (key: string): Promise<readonly Addressee[]> => {
    const person = await directory.person(key, askerOf(peer));
    const verdict = mayFind(person?.account ?? null);
    return person !== null && (key === peer.person || verdict.allowed)
      ? [{ name: person.name, mail: person.account.mail }]
      : [];
  };
  const invited = meeting.invitees.map(async (invitee) =>
    invitee.kind === 'account' ? find(invitee.person) : [{ name: '', mail: invitee.mail }],
  );
  const [organizer] = await find(meeting.organizer);
  const invitees = (await Promise.all(invited)).flat().filter(({ mail }) => mail !== '');
  return { organizer: organizer ?? { name: '', mail: '' }, invitees };
}
