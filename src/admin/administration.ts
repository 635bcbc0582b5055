import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { AdminClient, AdminMatrix, AdminSession, TryAnswer } from '../client/admin-api/admin-client.ts';
import type { ReachAction } from '../domain/reach/model.ts';
import { type AuditList, createAuditList } from './audit-list.ts';
import { createLoad, type Load } from './load.ts';
import { createPolicyEditor, type PolicyEditor } from './policy-editor.ts';

export const SECTIONS = ['try', 'overview', 'policy', 'audit'] as const;
export type Section = (typeof SECTIONS)[number];

/** Somebody in a field: typed, or picked from those who were found. */
export interface Named {
  readonly text: string;
  /** Set when picked: a guest's address alone would mean the account at home. */
  readonly key: string | null;
}

export interface TryForm {
  readonly from: Named;
  readonly to: Named;
  readonly present: Named;
  readonly action: ReachAction;
}

/** What an administrator's page is for somebody who is signed in. */
export interface Administration {
  readonly client: AdminClient;
  readonly company: string;
  readonly session: Load<[], AdminSession>;
  readonly section: ReadonlySignal<Section>;
  readonly form: ReadonlySignal<TryForm>;
  readonly verdict: Load<[TryForm], TryAnswer>;
  readonly overview: Load<[], AdminMatrix>;
  readonly editor: PolicyEditor;
  readonly audit: AuditList;
  show(section: Section): void;
  fill(part: Partial<TryForm>): void;
  signOut(): void;
  dispose(): void;
}

export interface AdministrationDeps {
  readonly client: AdminClient;
  /** Of the tenant that the page signed in to, also for who may not administer it. */
  readonly company: string;
  signOut(): void;
}

const NOBODY: Named = { text: '', key: null };

/** Actions for which it matters who is there already. */
export const isAmongOthers = (action: ReachAction): boolean =>
  action === 'add' || action === 'addToTeam' || action === 'invite' || action === 'join';

export function createAdministration({ client, company, signOut }: AdministrationDeps): Administration {
  const section = signal<Section>('try');
  const form = signal<TryForm>({ from: NOBODY, to: NOBODY, present: NOBODY, action: 'call' });
  const session = createLoad(client.session);
  const overview = createLoad(client.matrix);
  const editor = createPolicyEditor(client);
  const audit = createAuditList(client);
  const verdict = createLoad(({ from, to, present, action }: TryForm) =>
    client.tryReach({
      from: whoOf(from),
      to: whoOf(to),
      action,
      present: isAmongOthers(action) && present.text.trim() !== '' ? [whoOf(present)] : [],
    }),
  );
  // A view asks for what it shows when it is opened; a change that is under way stays.
  const open = (opened: Section): void => {
    switch (opened) {
      case 'try':
        return;
      case 'overview':
        return void overview.ask();
      case 'audit':
        return void audit.show('');
      case 'policy':
        if (editor.policy.value === null) void editor.read();
    }
  };
  const dispose = effect(() => {
    const opened = section.value;
    untracked(() => open(opened));
  });
  void session.ask();
  return {
    ...{ client, company, session, section, form, verdict, overview, editor, audit, signOut, dispose },
    show: (next) => {
      section.value = next;
    },
    fill(part) {
      form.value = { ...form.value, ...part };
      // What is shown belongs to what was asked.
      verdict.forget();
    },
  };
}

const whoOf = ({ key, text }: Named): string => key ?? text.trim();
