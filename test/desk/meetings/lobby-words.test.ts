import { describe, expect, it } from 'vitest';
import type { Lobby } from '../../../src/client/meetings/types.ts';
import { deskCatalogue } from '../../../src/desk/desk-texts.ts';
import { lobbySaid, sinceWords, whoWords } from '../../../src/desk/lobby/lobby-words.ts';
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
    expect(sinceWords(texts, sam, 60_000)).toBe('waiting 2 min');
    expect(sinceWords(texts, { ...sam, waitedMs: 5_000 }, -20_000)).toBe('just now');
  });

  it('says who waits, or how many', () => {
    expect(lobbySaid(texts, lobby)).toBe('Sam waits in the lobby of Pump.');
    expect(lobbySaid(texts, { ...lobby, entries: [sam, sam] })).toBe('2 people wait in the lobby of Pump.');
  });
});
