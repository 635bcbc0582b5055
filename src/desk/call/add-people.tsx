import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { askAdding } from '../../client/call/adding.ts';
import { createPeopleSearch } from '../../client/people-search.ts';
import type { Contact, Loadable } from '../../client/types.ts';
import { audience } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { newestFirst } from '../home/newest-first.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import type { DeskCall } from './desk-call.ts';

interface AddPeopleProps {
  readonly desk: Desk;
  readonly call: DeskCall;
}

/** Rings more people into the call, below those who are in it. */
export function AddPeople({ desk, call }: AddPeopleProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const adding = askAdding(call.session.state.value, desk.client.meetings.value);
  if (!adding.offered) return null;
  const full = adding.refused === null ? undefined : t(`refusal.${adding.refused}`);
  const close = (): void => {
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <div class="add-people">
      <button
        type="button"
        class="button add-people-toggle"
        ref={toggle}
        aria-expanded={open}
        aria-disabled={full !== undefined}
        aria-description={full}
        title={full}
        onClick={full !== undefined && !open ? undefined : () => setOpen(!open)}
      >
        <Icon name={open ? 'close' : 'person-add'} />
        {t(open ? 'action.close' : 'add.title')}
      </button>
      {open ? <PeopleToAdd desk={desk} call={call} onDone={close} /> : null}
    </div>
  );
}

function PeopleToAdd({ desk, call, onDone }: AddPeopleProps & { readonly onDone: () => void }) {
  const { t } = useTexts();
  const search = useMemo(() => createPeopleSearch(desk.client), [desk]);
  useEffect(() => () => search.dispose(), [search]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { query, found } = search.view.value;
  const people = found ?? newestFirst(desk.client.contacts.value);
  const title = t(found === null ? 'call.addRecent' : 'contacts.results');
  return (
    <section
      aria-label={t('add.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <div class="search search-small">
        <Icon name="search" />
        <input
          type="search"
          ref={field}
          aria-label={t('call.addSearch')}
          placeholder={t('call.addHint')}
          value={query}
          onInput={(event) => search.set(event.currentTarget.value)}
        />
      </div>
      <FoundPeople desk={desk} call={call} title={title} people={people} onDone={onDone} />
    </section>
  );
}

interface FoundProps extends AddPeopleProps {
  readonly title: string;
  readonly people: Loadable<readonly Contact[]>;
  readonly onDone: () => void;
}

function FoundPeople({ desk, call, title, people, onDone }: FoundProps) {
  const { t } = useTexts();
  const there = new Set(audience(call.session.state.value));
  if (people.state === 'loading') return <p class="list-note">{t('contacts.searching')}</p>;
  if (people.state === 'failed') return <RefusedNote refusal={people.refusal} />;
  const others = people.value.filter(({ key, refusal }) => !there.has(key) && refusal === null);
  if (others.length === 0) return <p class="list-note">{t('contacts.none')}</p>;
  return (
    <ul class="add-list" aria-label={title}>
      {others.map((contact) => (
        <PersonToAdd key={contact.key} desk={desk} contact={contact} onDone={onDone} />
      ))}
    </ul>
  );
}

interface PersonProps {
  readonly desk: Desk;
  readonly contact: Contact;
  readonly onDone: () => void;
}

function PersonToAdd({ desk, contact, onDone }: PersonProps) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const { name } = contact;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (refused !== null) row.current?.scrollIntoView({ block: 'nearest' });
  }, [refused]);
  const add = async (): Promise<void> => {
    setAsking(true);
    setRefused(null);
    const refusal = await desk.add(contact.key);
    setAsking(false);
    setRefused(refusal);
    // Who rings stands among the people above.
    if (refusal === null) onDone();
  };
  return (
    <li class="add-person" ref={row}>
      <div class="person-row">
        <Avatar name={name} presence={contact.presence} />
        <div class="person-words">
          <p class="strong">{name}</p>
          <p class="quiet">{contact.company}</p>
        </div>
        <button
          type="button"
          class="button button-accent-quiet"
          aria-label={asking ? t('add.asking', { name }) : t('add.person', { name })}
          disabled={asking}
          onClick={() => void add()}
        >
          {t('call.addButton')}
        </button>
      </div>
      {refused === null ? null : <RefusedNote refusal={refused} />}
    </li>
  );
}
