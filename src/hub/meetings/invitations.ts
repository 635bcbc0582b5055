import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { Invitation } from '../../protocol/meetings.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { createTokenBucket, type TokenBucket } from '../methods/token-bucket.ts';
import type { Peer } from '../people/peer.ts';
import { toMail } from '../policy/address.ts';
import type { Reach } from '../reach/reach.ts';
import { type Addressee, addresseesOf } from './addressees.ts';
import { type InvitationWords, writeInvitation } from './invitation.ts';
import { type Links, mostLinksOf } from './links.ts';
import type { Mailer } from './mailer.ts';

export interface Invitations {
  write(peer: Peer, meeting: Meeting): Promise<Result<Invitation>>;
  /** One mail to each address. Refuses with `internal` where the mail server takes none of them. */
  send(peer: Peer, meeting: Meeting, order: SendingOrder): Promise<Result<SendingReport>>;
}

export interface SendingOrder {
  /** null: as it is written for copying. */
  readonly text: string | null;
  readonly to: readonly string[];
}

export interface SendingReport {
  readonly sent: number;
  readonly failed: readonly string[];
}

export interface InvitationsOptions {
  readonly links: Links;
  readonly directory: Directory;
  readonly reach: Pick<Reach, 'sift' | 'world'>;
  readonly clock: Clock;
  readonly publicOrigin: string;
  /** null: people use their own mail programs. */
  readonly mailer: Mailer | null;
  readonly onFailure: (error: unknown) => void;
}

/** Nobody makes a source of unwanted mail of the hub: of one person so many an hour, and at once. */
const MAILS_PER_HOUR = 100;
const MAILS_AT_ONCE = 100;

export function createInvitations(options: InvitationsOptions): Invitations {
  const { mailer, clock } = options;
  const budgets = new Map<string, TokenBucket>();

  const budgetOf = (person: string): TokenBucket => {
    const budget = budgets.get(person) ?? createTokenBucket(MAILS_PER_HOUR / 3600, MAILS_AT_ONCE);
    budgets.set(person, budget);
    return budget;
  };

  return {
    async write(peer, meeting) {
      const written = await writeFor(options, peer, meeting);
      if (!written.ok) return written;
      const { words, url, invitees } = written.value;
      const { subject, text, icsFor } = words;
      const recipients = invitees.map(({ mail }) => mail);
      return accept({ subject, text, ics: icsFor(null), url, recipients, canSend: mailer !== null });
    },
    async send(peer, meeting, { text, to }) {
      if (mailer === null) return refuse('not-allowed', 'no mail server');
      const addresses = new Set(to.map((one) => toMail(one) ?? one));
      const written = await writeFor(options, peer, meeting);
      if (!written.ok) return written;
      const { words, sender, invitees } = written.value;
      const invited = new Map(invitees.map((one) => [one.mail, one]));
      // Mail in the company's name goes to nobody but those whom the meeting names.
      const recipients = [...addresses].flatMap((address) => invited.get(address) ?? []);
      if (recipients.length < addresses.size) return refuse('meeting-invalid', 'not-invited');
      const budget = budgetOf(peer.person);
      const affordable = recipients.filter(() => budget.take(clock.nowMs()));
      if (affordable.length === 0) return refuse('too-many-requests');
      const report = await sendAll(affordable, options.onFailure, (recipient) =>
        mailer.send({
          to: recipient.mail,
          replyTo: { name: sender.name, address: sender.mail },
          subject: words.subject,
          text: text ?? words.text,
          ics: words.icsFor(recipient),
          method: meeting.cancelled ? 'CANCEL' : 'REQUEST',
        }),
      );
      const unpaid = recipients.slice(affordable.length).map(({ mail }) => mail);
      return report.sent === 0
        ? refuse('internal', 'the mail server took none')
        : accept({ sent: report.sent, failed: [...report.failed, ...unpaid] });
    },
  };
}

/** Enough for a server that takes a second for each, and few enough for one that counts connections. */
const MAILS_IN_PARALLEL = 5;

/** A server that cannot be reached is not asked again for each of the others: whoever sends waits for the answer. */
async function sendAll(
  recipients: readonly Addressee[],
  onFailure: (error: unknown) => void,
  sendOne: (recipient: Addressee) => Promise<void>,
): Promise<SendingReport> {
  const left = [...recipients];
  const failed: string[] = [];
  let isAway = false;
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { mail } = next;
      if (isAway) failed.push(mail);
      else
        await sendOne(next).catch((error: unknown) => {
          onFailure(error);
          failed.push(mail);
          isAway ||= isUnreachable(error);
        });
    }
  };
  await Promise.all(Array.from({ length: MAILS_IN_PARALLEL }, work));
  return { sent: recipients.length - failed.length, failed };
}

/** As nodemailer names what has nothing to do with a single mail. */
const UNREACHABLE: readonly unknown[] = ['ECONNECTION', 'ETIMEDOUT', 'EDNS', 'ESOCKET', 'EAUTH', 'ETLS'];
const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && UNREACHABLE.includes(error.code);

interface WrittenInvitation {
  readonly words: InvitationWords;
  readonly url: string | null;
  readonly sender: Addressee;
  readonly invitees: readonly Addressee[];
}

async function writeFor(options: InvitationsOptions, peer: Peer, meeting: Meeting): Promise<Result<WrittenInvitation>> {
  const { links, reach, clock, publicOrigin } = options;
  const link = meeting.cancelled ? accept(null) : await links.create(meeting, mostLinksOf(peer.person, meeting));
  if (!link.ok) return link;
  const url = link.value;
  const { organizer, sender, invitees } = await peopleOf(options, peer, meeting);
  const company = reach.world().tenant(meeting.tid)?.name ?? '';
  const parts = { meeting, url, origin: publicOrigin, company, organizer, nowMs: clock.nowMs() };
  return accept({ words: writeInvitation(parts), url, sender, invitees });
}

/** Those whom the one who invites may know. */
async function peopleOf(options: InvitationsOptions, peer: Peer, meeting: Meeting) {
  const nobody = { name: '', mail: '' };
  const find = async (person: PersonKey): Promise<Addressee> =>
    (await addresseesOf(options, peer, [{ kind: 'account', person }]))[0] ?? nobody;
  const invitees = (await addresseesOf(options, peer, meeting.invitees)).filter(({ mail }) => mail !== '');
  return { organizer: await find(meeting.organizer), sender: await find(peer.person), invitees };
}
