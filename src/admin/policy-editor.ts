import { type ReadonlySignal, signal } from '@preact/signals-core';
import type {
  AdminClient,
  AdminFailure,
  AdminFileProblem,
  AdminPolicy,
  AdminResult,
  DryRun,
  ExportedFile,
} from '../client/admin-api/admin-client.ts';

/** Where a change of the policy stands. */
export type EditStep =
  | { readonly kind: 'reading' }
  | { readonly kind: 'unread'; readonly failure: AdminFailure }
  /** The policy as it is; nothing is being changed. */
  | { readonly kind: 'current'; readonly applied: boolean }
  | { readonly kind: 'editing'; readonly problems: readonly AdminFileProblem[] }
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly outcome: DryRun }
  | { readonly kind: 'applying'; readonly outcome: DryRun };

export interface PolicyEditor {
  readonly step: ReadonlySignal<EditStep>;
  /** null until it was read. */
  readonly policy: ReadonlySignal<AdminPolicy | null>;
  /** The changed file. */
  readonly draft: ReadonlySignal<string>;
  /** Why the last request had no answer. */
  readonly failure: ReadonlySignal<AdminFailure | null>;
  read(): Promise<void>;
  /** The policy in force, to be kept as a file: that leaves a record. */
  file(): Promise<AdminResult<ExportedFile>>;
  edit(text: string): void;
  check(): Promise<void>;
  /** Back to the file after a dry run. */
  reconsider(): void;
  apply(): Promise<void>;
  /** Forgets the change. */
  discard(): void;
}

/** The policy, and a changed one on its way: written, tried dry, applied. Nothing is applied that was not tried dry. */
export function createPolicyEditor(
  client: Pick<AdminClient, 'policy' | 'policyFile' | 'check' | 'apply'>,
): PolicyEditor {
  const step = signal<EditStep>({ kind: 'reading' });
  const policy = signal<AdminPolicy | null>(null);
  const draft = signal('');
  const failure = signal<AdminFailure | null>(null);

  async function read(applied: boolean): Promise<void> {
    step.value = { kind: 'reading' };
    const result = await client.policy();
    if (!result.ok) {
      step.value = { kind: 'unread', failure: result.failure };
      return;
    }
    policy.value = result.value;
    draft.value = result.value.text;
    step.value = { kind: 'current', applied };
  }

  /** The value of an answer; without one, the failure is said and the step before comes back. */
  function take<T>(result: AdminResult<T>, back: EditStep): T | null {
    failure.value = result.ok ? null : result.failure;
    if (result.ok) return result.value;
    step.value = back;
    return null;
  }

  return {
    step,
    policy,
    draft,
    failure,
    read: () => read(false),
    file: () => client.policyFile(),
    edit(text) {
      draft.value = text;
      failure.value = null;
      step.value = { kind: 'editing', problems: [] };
    },
    async check() {
      step.value = { kind: 'checking' };
      const answer = take(await client.check(draft.value), { kind: 'editing', problems: [] });
      if (answer === null) return;
      step.value = answer.ok ? { kind: 'checked', outcome: answer } : { kind: 'editing', problems: answer.problems };
    },
    reconsider() {
      failure.value = null;
      step.value = { kind: 'editing', problems: [] };
    },
    async apply() {
      const now = step.value;
      if (now.kind !== 'checked') return;
      step.value = { kind: 'applying', outcome: now.outcome };
      // What was tried dry is what is applied: a newer revision makes the hub refuse.
      const answer = take(await client.apply(draft.value, now.outcome.revision), now);
      if (answer === null) return;
      if (answer.ok) await read(true);
      else step.value = { kind: 'editing', problems: answer.problems };
    },
    discard() {
      draft.value = policy.value?.text ?? '';
      failure.value = null;
      step.value = { kind: 'current', applied: false };
    },
  };
}
