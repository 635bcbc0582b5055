/** Longer ones fill a label in the room. In characters as people count them, nearly. */
const MAX_NAME_LENGTH = 60;

/** Controls, private and unpaired ones, letters that show nothing, and what only tells how others are shown: directions, tags. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u115F\u1160\u180E\u3164\uFFA0]|(?![\u200C\u200D])\p{Cf}/gu;
/** Joiners part and bind letters of many scripts; anywhere else they are not seen. */
const STRAY_JOINERS =
  /(?<![\p{L}\p{M}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{L}\p{M}])|([\u200C\u200D])[\u200C\u200D]+/gu;
/** No word needs more on one letter; a heap of them covers the lines above. */
const HEAPED_MARKS = /(\p{M}{3})\p{M}+/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** A name that somebody typed, as others will see it; null where nothing readable is left. */
export function cleanName(typed: string): string | null {
  const name = cleanLine(typed, MAX_NAME_LENGTH);
  return SAYS_SOMETHING.test(name) ? name : null;
}

/** One line of text that others will see, e.g. a title; may be empty. @param most characters */
export function cleanLine(typed: string, most: number): string {
  // Until nothing changes: taking one thing away can bring others side by side.
  let line = typed;
  for (let before = ''; line !== before; ) {
    before = line;
    line = [...tidy(line)].slice(0, most).join('');
  }
  return line;
}

const tidy = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(STRAY_JOINERS, '$1')
    .replace(HEAPED_MARKS, '$1')
    .replace(/ +/g, ' ')
    .trim();
