import { useEffect, useMemo } from 'preact/hooks';
import { createPeopleSearch } from '../../client/people-search.ts';
import type { Contact, Loadable } from '../../client/types.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import type { CallNotifications } from '../calls/notifications.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { ContactRow } from './contact-row.tsx';
import { JoinableMeetings } from './joinable-meetings.tsx';
import { newestFirst } from './newest-first.ts';
import { NotifyCard } from './notify-card.tsx';

interface ContactsProps {
  readonly desk: Desk;
  readonly notifications: CallNotifications;
}

export function ContactsView({ desk, notifications }: ContactsProps) {
  const { t } = useTexts();
  const search = useMemo(() => createPeopleSearch(desk.client), [desk]);
  useEffect(() => () => search.dispose(), [search]);
  const { query, found } = search.view.value;
  return (
    <main class="page">
      <h1>{t('contacts.title')}</h1>
      <JoinableMeetings desk={desk} />
      <div class="page-column">
        <div class="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label={t('contacts.search')}
            placeholder={t('contacts.searchHint')}
            value={query}
            onInput={(event) => search.set(event.currentTarget.value)}
          />
        </div>
        <NotifyCard notifications={notifications} />
        <p class="visually-hidden" role="status">
          {found?.state === 'ready' ? t('contacts.count', { count: found.value.length }) : ''}
        </p>
        {found === null ? (
          <PeopleList
            desk={desk}
            title={t('contacts.recent')}
            people={newestFirst(desk.client.contacts.value)}
            empty={t('contacts.empty')}
            busy={t('contacts.loading')}
          />
        ) : (
          <PeopleList
            desk={desk}
            title={t('contacts.results')}
            people={found}
            empty={t('contacts.none')}
            busy={t('contacts.searching')}
          />
        )}
      </div>
    </main>
  );
}

interface PeopleListProps {
  readonly desk: Desk;
  readonly title: string;
  readonly people: Loadable<readonly Contact[]>;
  readonly empty: string;
  readonly busy: string;
}

function PeopleList({ desk, title, people, empty, busy }: PeopleListProps) {
  return (
    <section aria-label={title}>
      <h2 class="list-title">{title}</h2>
      {people.state === 'loading' ? <p class="list-note">{busy}</p> : null}
      {people.state === 'failed' ? <RefusedNote refusal={people.refusal} /> : null}
      {people.state === 'ready' && people.value.length === 0 ? <p class="list-note">{empty}</p> : null}
      {people.state === 'ready' && people.value.length > 0 ? (
        <ul class="contacts">
          {people.value.map((contact) => (
            <ContactRow key={contact.key} desk={desk} contact={contact} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
