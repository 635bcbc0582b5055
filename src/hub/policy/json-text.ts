import { type FileProblem, type PathPart, problemAt } from './problem.ts';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * Strings come first, so that nothing inside of them is taken for a comment or a bracket. What is never closed reaches to the
 * end of the text: no part of it is read twice, however long it is.
 */
const TOKENS = /"(?:[^"\\]|\\[\s\S])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\]:,]|[^\s"{}[\]:,/]+|\//g;
const isComment = (token: string): boolean => token.startsWith('//') || /^\/\*[\s\S]*\*\/$/.test(token);

/**
 * Reads JSON that may have comments. Of a key that stands twice in one object JSON itself keeps only the last value,
 * silently; in a file that decides who reaches whom that is refused.
 */
export function parseJsonText(text: string): JsonResult {
  const content = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(withoutComments(content));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [problemAt([], `is no JSON: ${reason}`)] };
  }
  const problems = keysThatStandTwice(content.match(TOKENS)?.filter((token) => !isComment(token)) ?? []);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value };
}

/** Blanks instead of comments, so that the positions in messages of `JSON.parse` stay true. */
const withoutComments = (text: string): string =>
  text.replace(TOKENS, (token) => (isComment(token) ? token.replace(/[^\r\n]/g, ' ') : token));

interface OpenObject {
  readonly kind: 'object';
  readonly keys: Set<string>;
  key: string;
}
interface OpenList {
  readonly kind: 'list';
  index: number;
}
type Open = OpenObject | OpenList;

/** @param tokens of valid JSON */
function keysThatStandTwice(tokens: readonly string[]): readonly FileProblem[] {
  const open: Open[] = [];
  const problems: FileProblem[] = [];
  tokens.forEach((token, at) => {
    const inner = open.at(-1);
    if (token === '{') open.push({ kind: 'object', keys: new Set(), key: '' });
    else if (token === '[') open.push({ kind: 'list', index: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && inner?.kind === 'list') inner.index += 1;
    else if (inner?.kind === 'object' && tokens[at + 1] === ':') {
      inner.key = String(JSON.parse(token));
      if (inner.keys.has(inner.key)) problems.push(problemAt(open.map(placeIn), 'stands twice in one object'));
      inner.keys.add(inner.key);
    }
  });
  return problems;
}

const placeIn = (one: Open): PathPart => (one.kind === 'object' ? one.key : one.index);
