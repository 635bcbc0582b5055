/** Longer ones fill a label in the room. In characters as people count them, nearly. */
const MAX_NAME_LENGTH = 60;

/** Controls, marks that turn the direction of what follows, and letters that show nothing. */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Co}\u00AD\u061C\u115F\u1160\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** A name that somebody typed, as others will see it; null where nothing readable is left. */
export function cleanName(typed: string): string | null {
  const seen = typed.replace(/\s+/gu, ' ').replace(UNSEEN, '').normalize('NFC').replace(/ +/g, ' ').trim();
  const name = [...seen].slice(0, MAX_NAME_LENGTH).join('').trim();
  return SAYS_SOMETHING.test(name) ? name : null;
}
