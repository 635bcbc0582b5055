import { type Catalogue, createTexts, type Texts } from './translate.ts';

/**
 * Every folder beside `en` is a language: `de/headset.ts` exports one catalogue and is found here without any code.
 * A module is loaded only when somebody's browser asks for its language.
 */
const modules = import.meta.glob<Readonly<Record<string, Catalogue>>>(['./*/*.ts', '!./en/*.ts']);

/** The first language that the reader asks for and that there is a folder for; null for English. */
export function chooseLanguage(wanted: readonly string[], available: ReadonlySet<string>): string | null {
  for (const tag of wanted) {
    const short = tag.toLowerCase().split('-')[0] ?? '';
    for (const candidate of [tag.toLowerCase(), short]) {
      if (candidate === 'en') return null;
      if (available.has(candidate)) return candidate;
    }
  }
  return null;
}

/** The page's texts in the reader's language; English when there is none, or when it can't be loaded. */
export async function loadTexts<C extends Catalogue>(english: C, wanted: readonly string[]): Promise<Texts<C>> {
  const available = new Set(Object.keys(modules).map((path) => path.split('/')[1] ?? ''));
  const language = chooseLanguage(wanted, available);
  if (language === null) return createTexts(english);
  const loaded = await Promise.allSettled(
    Object.entries(modules)
      .filter(([path]) => path.startsWith(`./${language}/`))
      .map(([, load]) => load()),
  );
  const texts: Record<string, string> = {};
  for (const outcome of loaded) {
    if (outcome.status !== 'fulfilled') continue;
    for (const catalogue of Object.values(outcome.value)) Object.assign(texts, catalogue);
  }
  return createTexts(english, { language, texts });
}
