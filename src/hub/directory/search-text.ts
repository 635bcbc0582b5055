import { fold } from './fold.ts';
import type { DirectoryPerson } from './person.ts';

/** From this many letters on a word is found inside others; fewer find too many people to be of use. */
export const INFIX_CHARS = 3;

/** What of a person is searched, folded. */
export interface SearchText {
  /**
   * The name and the mail address up to its `@`. Of a guest the domain as well, because it tells guests apart; colleagues
   * share theirs, and three letters of it would find everybody.
   */
  readonly text: string;
  readonly mail: string;
}

export function searchTextOf(person: DirectoryPerson): SearchText {
  const mail = fold(person.mail);
  const at = mail.lastIndexOf('@');
  const shown = person.account.kind === 'guest' || at < 0 ? mail : mail.slice(0, at + 1);
  return { text: `${fold(person.name)} ${shown}`, mail };
}

/**
 * True when every word of the query is found: one or two letters at the beginning of a word, more anywhere, and one with
 * an `@` in the whole mail address.
 * @param words folded; none find nobody
 */
export function matches({ text, mail }: SearchText, words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => matchesWord(text, mail, word));
}

function matchesWord(text: string, mail: string, word: string): boolean {
  if (word.includes('@')) return mail.includes(word);
  if (word.length >= INFIX_CHARS) return text.includes(word);
  return beginsWord(text, word);
}

const ENDS_IN_A_WORD = /[\p{Letter}\p{Number}]$/u;

/** Without splitting the text: this is asked of tens of thousands. */
function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isInWord(text, at)) return true;
  }
  return false;
}

const [ZERO, NINE, A, Z, END_OF_ASCII] = [0x30, 0x39, 0x61, 0x7a, 0x80];

/** Whether a letter or digit stands before the place. @param text folded: its ASCII letters are small */
function isInWord(text: string, at: number): boolean {
  if (at === 0) return false;
  const code = text.charCodeAt(at - 1);
  if (code < END_OF_ASCII) return (code >= A && code <= Z) || (code >= ZERO && code <= NINE);
  // Two units: a letter may take both.
  return ENDS_IN_A_WORD.test(text.slice(Math.max(0, at - 2), at));
}
