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
  const parts = parsing(text);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
  }
}

/** As `parseJsonText`; a large file is looked through in parts, between which somebody else may have a turn. */
export async function parseJsonTextInParts(text: string, turnOfOthers: () => Promise<void>): Promise<JsonResult> {
  const parts = parsing(text);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
    await turnOfOthers();
  }
}

/** So many tokens are looked at in some milliseconds. */
const PART = 50_000;

function* parsing(text: string): Generator<undefined, JsonResult> {
  const content = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = parseContent(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [problemAt([], `is no JSON: ${reason}`)] };
  }
  yield;
  const watch = watchKeys();
  let count = 0;
  for (const [token] of content.matchAll(TOKENS)) {
    if (!isComment(token)) watch.take(token);
    count += 1;
    if (count % PART === 0) yield;
  }
  return watch.problems.length > 0 ? { ok: false, problems: watch.problems } : { ok: true, value };
}

/** Most files are written by machines, without comments: then there is nothing to take away. */
function parseContent(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return JSON.parse(withoutComments(content));
  }
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

interface KeyWatch {
  /** @param token the next one of valid JSON */
  take(token: string): void;
  readonly problems: readonly FileProblem[];
}

function watchKeys(): KeyWatch {
  const open: Open[] = [];
  const problems: FileProblem[] = [];
  let before = '';
  const noteKey = (inner: OpenObject): void => {
    inner.key = String(JSON.parse(before));
    if (inner.keys.has(inner.key)) problems.push(problemAt(open.map(placeIn), 'stands twice in one object'));
    inner.keys.add(inner.key);
  };
  return {
    problems,
    take(token) {
      const inner = open.at(-1);
      if (token === '{') open.push({ kind: 'object', keys: new Set(), key: '' });
      else if (token === '[') open.push({ kind: 'list', index: 0 });
      else if (token === '}' || token === ']') open.pop();
      else if (token === ',' && inner?.kind === 'list') inner.index += 1;
      // Outside of strings a colon always follows a key.
      else if (token === ':' && inner?.kind === 'object') noteKey(inner);
      before = token;
    },
  };
}

const placeIn = (one: Open): PathPart => (one.kind === 'object' ? one.key : one.index);
