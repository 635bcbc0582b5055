import * as v from 'valibot';
import { checkReferences } from './check-tenants.ts';
import { parseJsonText } from './json-text.ts';
import { type FileProblem, pathOf, problemAt } from './problem.ts';
import { FILE_VERSION, type FilePerson, type FileTenant, type PolicyFile, policyFileSchema } from './schema.ts';

export type PolicyFileResult =
  | { readonly ok: true; readonly file: PolicyFile }
  /** Never empty. A file with a problem is refused whole. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads a policy file: JSON, comments allowed. Never throws. */
export function parsePolicyText(text: string): PolicyFileResult {
  const json = parseJsonText(text);
  return json.ok ? parsePolicyFile(json.value) : json;
}

/** Checks the version, then the shape, then every name that stands for something elsewhere in the file. Never throws. */
export function parsePolicyFile(content: unknown): PolicyFileResult {
  const version = versionOf(content);
  if (typeof version === 'number' && version !== FILE_VERSION) {
    const which = version > FILE_VERSION ? 'newer' : 'older';
    return {
      ok: false,
      problems: [problemAt(['version'], `${version} is ${which} than ${FILE_VERSION}, the one known here`)],
    };
  }
  const parsed = v.safeParse(policyFileSchema, content);
  if (!parsed.success) return { ok: false, problems: parsed.issues.map(toProblem) };
  const problems = checkReferences(parsed.output);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: parsed.output };
}

const versionOf = (content: unknown): unknown =>
  typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;

function toProblem(issue: v.BaseIssue<unknown>): FileProblem {
  const parts = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  return { path: pathOf(parts), message: messageOf(issue) };
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  if (issue.expected === 'never') return 'is not a known field';
  return issue.expected === 'Object' ? 'must be an object' : 'is missing';
}

/** The file as text that a person can read; what is as by default is left out where it only says so. */
export function serialisePolicyFile(file: PolicyFile): string {
  const { otherTenants, ...rest } = file;
  const plain = {
    ...rest,
    tenants: file.tenants.map(plainTenant),
    ...(otherTenants.length > 0 ? { otherTenants } : {}),
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}

const plainTenant = (tenant: FileTenant): unknown => ({ ...tenant, people: tenant.people.map(plainPerson) });

function plainPerson({ hidden, externalAccess, ...person }: FilePerson): unknown {
  const { enabled, mode } = externalAccess;
  return {
    ...person,
    ...(hidden ? { hidden } : {}),
    ...(enabled && mode === 'default' ? {} : { externalAccess }),
  };
}
