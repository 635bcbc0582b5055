import { describe, expect, expectTypeOf, it } from 'vitest';
import { COLOURS } from '../../../src/domain/annotation/types.ts';
import { REFUSALS } from '../../../src/domain/call/refusal.ts';
import { MEDIA_PROBLEMS } from '../../../src/domain/call/state.ts';
import { refusals } from '../../../src/ui/text/en/refusals.ts';
import { chooseLanguage } from '../../../src/ui/text/languages.ts';
import { nameList, relativeTime } from '../../../src/ui/text/time.ts';
import { type Catalogue, createTexts, parameterNames } from '../../../src/ui/text/translate.ts';

const folders = import.meta.glob<Readonly<Record<string, Catalogue>>>('../../../src/ui/text/*/*.ts', { eager: true });
const english: Catalogue = Object.assign(
  {},
  ...Object.entries(folders).flatMap(([path, module]) => (path.includes('/en/') ? Object.values(module) : [])),
);
const sentences = (text: string): readonly string[] => text.split(/(?<=[.?!])\s/);

describe('the text catalogues', () => {
  it('have a sentence for every refusal code, and none for codes that are gone', () => {
    const codes = Object.keys(refusals).filter((key) => key.startsWith('refusal.'));
    expect(codes.sort()).toEqual(REFUSALS.map((code) => `refusal.${code}`).sort());
  });

  it('name every colour and every problem of the camera', () => {
    for (const colour of COLOURS) expect(english[`colour.${colour}`]).toBeTruthy();
    for (const problem of MEDIA_PROBLEMS.filter((p) => p !== 'none')) expect(english[`media.${problem}`]).toBeTruthy();
  });

  it('define no key twice across all modules: a translation is one folder for every page', () => {
    const modules = Object.entries(folders).filter(([path]) => path.includes('/en/'));
    const keys = modules.flatMap(([, module]) => Object.values(module).flatMap((texts) => Object.keys(texts)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(Object.entries(english))('keep every sentence of %s under 15 words', (_key, text) => {
    for (const sentence of sentences(text)) expect(sentence.split(/\s+/).length).toBeLessThan(15);
  });

  it('of another language name only keys that English has, with the same parameters', () => {
    const all: Record<string, string> = {};
    for (const [path, module] of Object.entries(folders)) {
      if (path.includes('/en/')) for (const texts of Object.values(module)) Object.assign(all, texts);
    }
    expect(Object.keys(all).length).toBeGreaterThan(100);
    for (const [path, module] of Object.entries(folders)) {
      for (const [key, text] of Object.values(module).flatMap((texts) => Object.entries(texts))) {
        expect(all, `${path} ${key}`).toHaveProperty([key]);
        expect(parameterNames(text), `${path} ${key}`).toEqual(parameterNames(all[key] ?? ''));
      }
    }
  });
});

describe('texts', () => {
  it('fill parameters, whatever they contain', () => {
    const { t } = createTexts({ greet: 'Hi {name}, {name}! {count}' } as const);
    expect(t('greet', { name: '$& {count}', count: 3 })).toBe('Hi $& {count}, $& {count}! 3');
  });

  it('ask by type for exactly the parameters of a text', () => {
    const { t } = createTexts({ plain: 'x', two: '{a} and {b}' } as const);
    expectTypeOf(t<'plain'>).parameters.toEqualTypeOf<['plain']>();
    expectTypeOf(t<'two'>).parameters.toEqualTypeOf<['two', Readonly<Record<'a' | 'b', string | number>>]>();
  });

  it('fall back to English for a key that another language lacks', () => {
    const { t, language } = createTexts({ a: 'one', b: 'two' } as const, { language: 'de', texts: { a: 'eins' } });
    expect([t('a'), t('b'), language]).toEqual(['eins', 'two', 'de']);
  });

  it('come in the first language that the reader asks for and that exists', () => {
    const available = new Set(['de', 'pt-br']);
    expect(chooseLanguage(['fr', 'de-AT'], available)).toBe('de');
    expect(chooseLanguage(['pt-BR'], available)).toBe('pt-br');
    expect(chooseLanguage(['en-GB', 'de'], available)).toBeNull();
    expect(chooseLanguage([], available)).toBeNull();
  });
});

describe('times and names', () => {
  const now = Date.UTC(2026, 4, 20, 12);
  it.each([
    [-30_000, 'this minute'],
    [-5 * 60_000, '5 minutes ago'],
    [10 * 60_000, 'in 10 minutes'],
    [-3 * 3_600_000, '3 hours ago'],
    [-24 * 3_600_000, 'yesterday'],
    [-40 * 24 * 3_600_000, 'Apr 10, 2026'],
  ])('%d ms from now read as "%s"', (deltaMs, words) => {
    expect(relativeTime(now + deltaMs, now, 'en')).toBe(words);
  });

  it('join names as the language does', () => {
    expect(nameList(['Ann', 'Bo', 'Cy'], 'en')).toBe('Ann, Bo, and Cy');
  });
});
