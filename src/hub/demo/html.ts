/** Markup that was built here; every other text is escaped when it is put into a page. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | readonly Html[];

/** Tag for templates of markup: texts are escaped, markup and lists of it are taken as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((page, text, at) => {
    const part = parts[at];
    return page + text + (part === undefined ? '' : markupOf(part));
  }, '');
  return { markup };
}

/** For markup that a library made. */
export function trustedHtml(markup: string): Html {
  return { markup };
}

export const NOTHING: Html = { markup: '' };

function markupOf(part: Part): string {
  if (typeof part === 'string') return escapeText(part);
  return 'markup' in part ? part.markup : part.map((item) => item.markup).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
