/** Longer addresses are cut or refused by mail programs of Windows. */
const MAX_MAILTO_CHARS = 2_000;

export interface MailWords {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/**
 * The address that opens one's own mail program (RFC 6068).
 * @returns null where it would be too long to be opened: the text is copied then
 */
export function mailtoUrl({ to, subject, text }: MailWords): string | null {
  // Lines end with CRLF there; commas part addresses.
  const body = text.replace(/\r?\n/g, '\r\n');
  const url = `mailto:${to.map(encodeURIComponent).join(',')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return url.length > MAX_MAILTO_CHARS ? null : url;
}

/** A file name that every system takes. */
export function icsFileName(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 60);
  return `${name === '' ? 'meeting' : name}.ics`;
}
