import type { Presence } from '../../client/types.ts';
import { useCallTexts } from '../text/call-texts.ts';

/** Two letters and a tint that stays the same for a name. */
export function Avatar({ name, presence, large }: { name: string; presence?: Presence; large?: boolean }) {
  const { t } = useCallTexts();
  return (
    <span class={`avatar tint-${tintOf(name)}${large === true ? ' avatar-large' : ''}`}>
      <span aria-hidden="true">{lettersOf(name)}</span>
      {presence === undefined ? null : (
        <span class={`presence presence-${presence}`} role="img" aria-label={t(`presence.${presence}`)} />
      )}
    </span>
  );
}

const TINTS = 6;

export function tintOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum % TINTS;
}

export function lettersOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => Array.from(word ?? '?')[0]?.toLocaleUpperCase() ?? '').join('');
}
