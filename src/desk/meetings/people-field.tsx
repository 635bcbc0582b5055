import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { createPeopleSearch } from '../../client/people-search.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { type FormPerson, type GuestRole, readMail, samePerson } from './form-fields.ts';

const ROLES: readonly GuestRole[] = ['invited', 'presenter', 'coOrganizer'];
/** More than the eye takes in at once; who is not among them types more letters. */
const MOST_FOUND = 6;

interface PeopleFieldProps {
  readonly desk: Desk;
  readonly people: readonly FormPerson[];
  readonly onChange: (people: readonly FormPerson[]) => void;
  readonly problems: readonly string[];
}

/** Whom to invite: found by name, or by any mail address; each with what they do in the meeting. */
export function PeopleField({ desk, people, onChange, problems }: PeopleFieldProps) {
  const { t } = useTexts();
  const search = useMemo(() => createPeopleSearch(desk.client), [desk]);
  useEffect(() => () => search.dispose(), [search]);
  const [malformed, setMalformed] = useState<string | null>(null);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { query, found } = search.view.value;
  const me = desk.client.me.value?.key;
  const suggestions = (found?.state === 'ready' ? found.value : [])
    .filter(({ key, refusal }) => key !== me && refusal === null && !people.some((one) => isPerson(one, key)))
    .slice(0, MOST_FOUND);
  const mail = readMail(query);
  /** An address of nobody who was found. */
  const typed = mail === null || suggestions.some((one) => one.mail === mail) ? null : mail;
  const add = (person: FormPerson): void => {
    if (!people.some((one) => samePerson(one, person))) onChange([...people, person]);
    search.clear();
    setMalformed(null);
    // The button that was pressed is gone; the next one is typed here.
    field.current?.focus();
  };
  const addTyped = (): void => {
    const only = suggestions.length === 1 ? suggestions[0] : undefined;
    if (only !== undefined) add(accountOf(only.key, only.name));
    else if (mail !== null) add({ kind: 'mail', mail });
    else if (query.includes('@')) setMalformed(query.trim());
  };
  const wrong = malformed === null ? problems : [t('problem.address-malformed', { mail: malformed }), ...problems];
  return (
    <div class="form-field people-field">
      <label for={id}>{t('form.people')}</label>
      <div class="people-entry">
        <input
          id={id}
          class="field"
          ref={field}
          type="text"
          inputMode="email"
          autocomplete="off"
          placeholder={t('form.peopleHint')}
          value={query}
          aria-invalid={wrong.length > 0}
          aria-describedby={`${id}-wrong`}
          onInput={(event) => {
            setMalformed(null);
            search.set(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ',' && event.key !== ';') return;
            event.preventDefault();
            addTyped();
          }}
        />
        <button type="button" class="button" onClick={addTyped}>
          <Icon name="person-add" />
          {t('form.peopleAdd')}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {found?.state === 'ready' ? t('contacts.count', { count: suggestions.length }) : ''}
      </p>
      {found?.state === 'ready' && suggestions.length === 0 && typed === null ? (
        <p class="quiet">{t('form.peopleNone')}</p>
      ) : null}
      {suggestions.length === 0 && typed === null ? null : (
        <ul class="people-found card" aria-label={t('form.peopleFound')}>
          {suggestions.map(({ key, name, company, mail }) => (
            <li key={key}>
              <button type="button" class="person-found" onClick={() => add(accountOf(key, name))}>
                <span class="strong">{name}</span>
                <span class="quiet">{[company, mail].filter((part) => part !== '').join(' · ')}</span>
              </button>
            </li>
          ))}
          {typed === null ? null : (
            <li>
              <button type="button" class="person-found" onClick={() => add({ kind: 'mail', mail: typed })}>
                <span class="strong">{t('form.inviteMail', { mail: typed })}</span>
              </button>
            </li>
          )}
        </ul>
      )}
      <FieldProblems id={`${id}-wrong`} problems={wrong} />
      <Invited people={people} onChange={onChange} onRemoved={() => field.current?.focus()} />
    </div>
  );
}

interface InvitedProps {
  readonly people: readonly FormPerson[];
  readonly onChange: (people: readonly FormPerson[]) => void;
  readonly onRemoved: () => void;
}

function Invited({ people, onChange, onRemoved }: InvitedProps) {
  const { t } = useTexts();
  if (people.length === 0) return null;
  const words = {
    presenter: 'form.rolePresenter',
    coOrganizer: 'form.roleCoOrganizer',
    invited: 'form.roleInvited',
  } as const;
  return (
    <ul class="chips" aria-label={t('form.invited')}>
      {people.map((one) => {
        const name = one.kind === 'account' ? one.name : one.mail;
        return (
          <li key={one.kind === 'account' ? one.person : one.mail} class="chip">
            <span class="chip-name">{name}</span>
            {one.kind === 'mail' ? (
              <span class="quiet">{t('form.byMail')}</span>
            ) : (
              <select
                aria-label={t('form.role', { name })}
                value={one.role}
                onChange={(event) => {
                  const role = ROLES.find((role) => role === event.currentTarget.value) ?? 'invited';
                  onChange(people.map((other) => (other === one ? { ...one, role } : other)));
                }}
              >
                {ROLES.map((role) => (
                  <option key={role} value={role}>
                    {t(words[role])}
                  </option>
                ))}
              </select>
            )}
            <button
              type="button"
              class="icon-button"
              aria-label={t('form.remove', { name })}
              onClick={() => {
                onChange(people.filter((other) => other !== one));
                onRemoved();
              }}
            >
              <Icon name="close" size={16} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Next to its field, and read with it. */
export function FieldProblems({ id, problems }: { readonly id: string; readonly problems: readonly string[] }) {
  return (
    <div id={id} class="field-problems">
      {problems.map((problem) => (
        <p key={problem} class="field-problem">
          <Icon name="warning" size={16} />
          {problem}
        </p>
      ))}
    </div>
  );
}

const accountOf = (person: string, name: string): FormPerson => ({ kind: 'account', person, name, role: 'invited' });
const isPerson = (one: FormPerson, key: string): boolean => one.kind === 'account' && one.person === key;
