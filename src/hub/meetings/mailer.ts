import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  /** To whom answers go: the mail itself comes from the hub's address. */
  readonly replyTo: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** An iCalendar file's content. */
  readonly ics: string;
  /** As the file says (RFC 5546). */
  readonly method: 'REQUEST' | 'CANCEL';
}

/** Sends mail, one message to each person, so that nobody learns who else was invited. */
export interface Mailer {
  /** Rejects when the mail server does not take it. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

export interface MailerSettings {
  /** E.g. `smtps://user:password@mail.abc.com`. Secret. */
  readonly smtpUrl: string;
  /** E.g. `Sightline <assist@abc.com>`. */
  readonly from: string;
}

/** A mail server that is there answers within seconds; the page of whoever sends waits for it. */
const TIMEOUT_MS = 10_000;

export function createMailer({ smtpUrl, from }: MailerSettings): Mailer {
  const transport = createTransport(smtpUrl, {
    from,
    // What is written in an invitation is text: nothing in it is fetched from a disk or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  Object.assign(transport.options, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send({ to, replyTo, subject, text, ics, method }) {
      await transport.sendMail({
        // As an object: a name or an address is never read as a list of others.
        to: { name: '', address: to },
        replyTo,
        subject,
        text,
        icalEvent: { method, content: ics, filename: 'invitation.ics' },
      });
    },
    close: () => transport.close(),
  };
}
