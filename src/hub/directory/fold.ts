/** Letters whose stroke or joint is no mark that could be taken off, or that have two forms: people type the plain ones. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  // Which of the two is written depends on the letters around it.
  ς: 'σ',
};
const STROKED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** Text as it is compared in a search: without case, accents and strokes. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(STROKED, (letter) => PLAIN[letter] ?? letter);

/** Parts of a folded text that a search may begin with: of `ann-marie o'neil` ann, marie, o, neil. */
export const wordsOf = (folded: string): readonly string[] =>
  folded.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== '');

/** The words of what somebody typed, folded, without what stands before their first letter: of `(ann` ann. */
export const queryWords = (query: string): readonly string[] =>
  fold(query)
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{Letter}\p{Number}@]+/u, ''))
    .filter((word) => word !== '');
