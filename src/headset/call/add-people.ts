import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { PeopleSearch } from '../../client/people-search.ts';
import type { SightlineClient } from '../../client/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { AddPeopleView } from '../../ui/panels/view.ts';

/** Ringing more people into the call. */
export interface AddPeople {
  /** Null while nobody is looked for; reads signals, so it follows them inside a computed. */
  view(): AddPeopleView | null;
  readonly isOpen: ReadonlySignal<boolean>;
  open(): void;
  close(): void;
  /** Rings somebody; closes when they ring, and says why when they can't. */
  add(callId: string, person: PersonKey): Promise<void>;
}

export function createAddPeople(client: Pick<SightlineClient, 'add' | 'contacts'>, search: PeopleSearch): AddPeople {
  const isOpen = signal(false);
  const asking = signal<PersonKey | null>(null);
  const refused = signal<{ readonly person: PersonKey; readonly refusal: Refusal } | null>(null);

  const reset = (open: boolean): void =>
    batch(() => {
      isOpen.value = open;
      asking.value = null;
      refused.value = null;
      search.clear();
    });

  return {
    isOpen,
    view: () =>
      isOpen.value
        ? {
            search: search.view.value,
            contacts: client.contacts.value,
            asking: asking.value,
            refused: refused.value,
          }
        : null,
    open: () => reset(true),
    close: () => reset(false),
    async add(callId, person) {
      if (asking.value !== null) return;
      batch(() => {
        asking.value = person;
        refused.value = null;
      });
      const result = await client.add(callId, person);
      // Closed, or opened anew, while the hub was asked.
      if (asking.value !== person) return;
      if (result.ok) reset(false);
      else
        batch(() => {
          asking.value = null;
          refused.value = { person, refusal: result.refusal };
        });
    },
  };
}
