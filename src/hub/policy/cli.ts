import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { REACH_ACTIONS } from '../../domain/reach/model.ts';
import { diffPolicies } from './diff.ts';
import { diffText } from './diff-text.ts';
import { explain, PLACES } from './explain.ts';
import { type Picked, pickAccount, pickTenant } from './pick-account.ts';
import { parsePolicyText } from './policy-file.ts';
import { lineOf } from './problem.ts';
import { type ResolvedPolicy, resolvePolicy } from './resolve.ts';

/** What the command line prints, and how it ends. */
export interface CliResult {
  /** 0 allowed or done, 3 refused, 2 bad input. */
  readonly exitCode: 0 | 2 | 3;
  readonly stdout: string;
  /** One line at most. */
  readonly stderr: string;
}

const USAGE =
  'npm run policy -- explain --policy FILE --from a@x --to b@y --action ACTION | npm run policy -- diff OLD NEW [--text]';

class BadInput extends Error {}

/** `npm run policy -- …`. @param args what stands behind the two dashes */
export function runPolicy(args: readonly string[]): CliResult {
  const [command, ...rest] = args;
  try {
    switch (command) {
      case 'explain':
        return runExplain(rest);
      case 'diff':
        return runDiff(rest);
      default:
        throw new BadInput(`Usage: ${USAGE}`);
    }
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { exitCode: 2, stdout: '', stderr: `${error.message.replace(/\s+/g, ' ')}\n` };
  }
}

const TEXT = { type: 'string' } as const;
const EXPLAIN_OPTIONS = {
  policy: TEXT,
  from: TEXT,
  to: TEXT,
  action: TEXT,
  with: { type: 'string', multiple: true },
  in: TEXT,
  place: TEXT,
} as const;

function runExplain(args: readonly string[]): CliResult {
  const { values } = parse(() => parseArgs({ args: [...args], options: EXPLAIN_OPTIONS, allowPositionals: false }));
  const resolved = readPolicy(needed('policy', values.policy));
  const inside = values.in === undefined ? null : value(pickTenant(resolved, values.in));
  const account = (address: string) => value(pickAccount(resolved, address, inside)).account;
  const explanation = explain(resolved, {
    action: oneOf('action', REACH_ACTIONS, needed('action', values.action)),
    from: account(needed('from', values.from)),
    to: account(needed('to', values.to)),
    present: (values.with ?? []).flatMap((mails) => mails.split(',')).map(account),
    ...(values.place === undefined ? {} : { place: oneOf('place', PLACES, values.place) }),
  });
  return { exitCode: explanation.allowed ? 0 : 3, stdout: `${JSON.stringify(explanation)}\n`, stderr: '' };
}

function runDiff(args: readonly string[]): CliResult {
  const options = { text: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parse(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [before, after, ...others] = positionals;
  if (before === undefined || after === undefined || others.length > 0) throw new BadInput(`Usage: ${USAGE}`);
  const diff = diffPolicies(readPolicy(before), readPolicy(after));
  return { exitCode: 0, stdout: values.text ? diffText(diff) : `${JSON.stringify(diff)}\n`, stderr: '' };
}

function readPolicy(path: string): ResolvedPolicy {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput(`${path} cannot be read: ${reasonOf(error)}`);
  }
  const result = parsePolicyText(text);
  if (result.ok) return resolvePolicy(result.file);
  const [first, ...others] = result.problems.map(lineOf);
  throw new BadInput(`${path}: ${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`);
}

/** The library's own words on options that are unknown or have no value. */
function parse<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new BadInput(reasonOf(error));
  }
}

function needed(name: string, given: string | undefined): string {
  if (given === undefined || given === '') throw new BadInput(`--${name} is missing. Usage: ${USAGE}`);
  return given;
}

function oneOf<const T extends string>(name: string, known: readonly T[], given: string): T {
  const found = known.find((one) => one === given);
  if (found === undefined) throw new BadInput(`--${name} must be one of: ${known.join(', ')}`);
  return found;
}

function value<T>(picked: Picked<T>): T {
  if (!picked.ok) throw new BadInput(picked.reason);
  return picked.value;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
