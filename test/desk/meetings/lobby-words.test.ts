import { describe, expect, it } from 'vitest';
import type { Lobby } from '../../../src/client/meetings/types.ts';
import { deskCatalogue } from '../../../src/desk/desk-texts.ts';
import { decidedWords, lobbySaid, sinceWords, whoWords } from '../../../src/desk/lobby/lobby-words.ts';
import { createTexts } from '../../../src/ui/text/translate.ts';

const texts = createTexts(deskCatalogue);
const sam = { person: 'a', name: 'Sam', class: 'anonymous', signedIn: false, waitedMs: 61_000, away: false } as const;
const lobby = { title: 'Pump', entries: [sam] } as unknown as Lobby;

describe('a lobby in words', () => {
  it('tells a name that somebody typed from one that is known', () => {
    const known = (['member', 'guest', 'federated', 'anonymous'] as const).map((one) =>
      whoWords(texts, { ...sam, class: one, signedIn: true }),
    );
    expect(new Set([...known, whoWords(texts, sam)]).size).toBe(5);
    expect(whoWords(texts, sam)).toBe('Not signed in: anyone can type a name');
  });

  it('counts the minutes from what the hub said, and never backwards', () => {
    expect(sinceWords(texts, sam, 60_000)).toBe('Waiting for 2 min');
    expect(sinceWords(texts, { ...sam, waitedMs: 5_000 }, -20_000)).toBe('Just came');
  });

  it('says who waits, by name, and how many more', () => {
    expect(lobbySaid(texts, lobby)).toBe('Sam waits in the lobby of Pump.');
    const waiting = (...names: readonly string[]) => ({ ...lobby, entries: names.map((name) => ({ ...sam, name })) });
    expect(lobbySaid(texts, waiting('Sam', 'Ann'))).toBe('Sam and Ann wait in the lobby of Pump.');
    expect(lobbySaid(texts, waiting('Sam', 'Ann', 'Bo', 'Cy', 'Di'))).toBe(
      'Sam, Ann, Bo, and 2 more wait in the lobby of Pump.',
    );
  });

  it('says to the second of two who decided before, also when it was oneself on another page', () => {
    const decided = { name: 'Sam', me: 'Elena' };
    const words = (code: 'already-admitted' | 'already-denied', detail?: string) =>
      decidedWords(texts, { code, ...(detail === undefined ? {} : { detail }) }, decided);
    expect(words('already-admitted', 'Priya')).toBe('Priya has admitted Sam already.');
    expect(words('already-denied', 'Priya')).toBe('Priya has denied Sam already. They may ask again.');
    expect(words('already-admitted', 'Elena')).toBe('You have admitted Sam already.');
    expect(words('already-denied', 'Elena')).toBe('You have denied Sam already. They may ask again.');
    expect(words('already-admitted')).toBe(texts.t('refusal.already-admitted'));
    expect(decidedWords(texts, { code: 'choose-one' }, null)).toBe(texts.t('refusal.choose-one'));
  });
});
