/** Text as it is compared in a search: without case and accents. `Ł`, `ø` and the like have no accent to take off. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();

/** True when every word of the query begins a word of the text, or the whole query stands somewhere in it. */
export function matches(foldedText: string, query: string): boolean {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return false;
  if (foldedText.includes(words.join(' '))) return true;
  const parts = foldedText.split(/[\s@.,_-]+/);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}
