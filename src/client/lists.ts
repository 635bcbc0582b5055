import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Contact, HubMethods, Meeting } from '../protocol/types.ts';
import type { HubConnection } from './connection/hub-connection.ts';
import type { Loadable } from './types.ts';

/** What changes without anybody saying so is the time: meetings become joinable and end. */
const MEETINGS_REFRESH_MS = 30_000;

export interface Lists {
  readonly contacts: ReadonlySignal<Loadable<readonly Contact[]>>;
  readonly meetings: ReadonlySignal<Loadable<readonly Meeting[]>>;
  /** Asks for both again, and from then on keeps them fresh. */
  refresh(): void;
  stop(): void;
}

export function createLists(hub: HubConnection): Lists {
  const contacts = signal<Loadable<readonly Contact[]>>({ state: 'loading' });
  const meetings = signal<Loadable<readonly Meeting[]>>({ state: 'loading' });
  let timer: ReturnType<typeof setInterval> | null = null;

  /** A list that was there once stays on the screen while the hub is away. */
  const load = async <M extends 'contacts' | 'meetings'>(
    method: M,
    show: (value: Loadable<HubMethods[M]['answer']>) => void,
  ): Promise<void> => {
    const answer = await hub.invoke(method, {} as HubMethods[M]['request']);
    if (answer === null) return;
    show(answer.ok ? { state: 'ready', value: answer.value } : { state: 'failed', refusal: answer.refusal });
  };
  const loadContacts = oneAtATime(() => load('contacts', (value) => (contacts.value = value)));
  const loadMeetings = oneAtATime(() => load('meetings', (value) => (meetings.value = value)));

  hub.on('listsChanged', ({ list }) => void (list === 'contacts' ? loadContacts() : loadMeetings()));
  hub.on('presence', ({ person, presence }) => {
    const list = contacts.value;
    if (list.state !== 'ready') return;
    const value = list.value.map((contact) => (contact.key === person ? { ...contact, presence } : contact));
    contacts.value = { state: 'ready', value };
  });

  return {
    contacts,
    meetings,
    refresh() {
      void loadContacts();
      void loadMeetings();
      timer ??= setInterval(() => void loadMeetings(), MEETINGS_REFRESH_MS);
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}

/**
 * However often a list changes in between, it is asked for once at a time, and once more after that: many knocks at one door
 * cost each desk no more than the hub can answer, and no answer is overtaken by an older one. `work` does not reject.
 */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay = false;
  let owed = false;
  return async () => {
    owed = true;
    if (underWay) return;
    underWay = true;
    while (owed) {
      owed = false;
      await work();
    }
    underWay = false;
  };
}
