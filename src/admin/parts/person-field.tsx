import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { AdminClient, FoundPerson } from '../../client/admin-api/admin-client.ts';
import { useTexts } from '../admin-texts.ts';
import type { Named } from '../administration.ts';
import { createPeopleFinder } from '../people-finder.ts';

interface PersonFieldProps {
  readonly client: Pick<AdminClient, 'people'>;
  readonly label: string;
  readonly value: Named;
  readonly onChange: (value: Named) => void;
}

/**
 * A field that offers people of the company while somebody types, and takes any address; a combobox with a list as in the ARIA
 * Authoring Practices.
 */
export function PersonField({ client, label, value, onChange }: PersonFieldProps) {
  const { t } = useTexts();
  const id = useId();
  const finder = useMemo(() => createPeopleFinder(client), [client]);
  useEffect(() => finder.dispose, [finder]);
  const [active, setActive] = useState(-1);
  const found = finder.found.value;
  const isOpen = found.length > 0;

  const close = (): void => {
    finder.clear();
    setActive(-1);
  };
  const pick = (person: FoundPerson): void => {
    onChange({ text: person.mail, key: person.key });
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    const moved = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[active];
    if (moved !== undefined && isOpen) {
      event.preventDefault();
      setActive((active + moved + found.length) % found.length);
    } else if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
  };
  return (
    <div class="person-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        placeholder={t('try.whoHint')}
        value={value.text}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        onInput={(event) => {
          onChange({ text: event.currentTarget.value, key: null });
          finder.look(event.currentTarget.value);
          setActive(-1);
        }}
        onKeyDown={onKey}
        onBlur={close}
      />
      <div id={`${id}-list`} class="suggestions" role="listbox" aria-label={label} hidden={!isOpen}>
        {found.map((person, index) => (
          <Suggestion
            key={person.key}
            id={`${id}-${index}`}
            person={person}
            selected={index === active}
            onPick={() => pick(person)}
          />
        ))}
      </div>
      <p class="visually-hidden" role="status">
        {isOpen ? t('try.found', { count: found.length }) : ''}
      </p>
    </div>
  );
}

interface SuggestionProps {
  readonly id: string;
  readonly person: FoundPerson;
  readonly selected: boolean;
  readonly onPick: () => void;
}

function Suggestion({ id, person, selected, onPick }: SuggestionProps) {
  const { t } = useTexts();
  return (
    // The keyboard is at the field, which names the option that is meant.
    <div
      id={id}
      class="suggestion"
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      // Before the field loses the focus, which closes the list.
      onPointerDown={(event) => {
        event.preventDefault();
        onPick();
      }}
    >
      <span class="strong">{person.name}</span>
      {person.isGuest ? <span class="tag">{t('admin.guest')}</span> : null}
      <span class="quiet">{person.mail}</span>
    </div>
  );
}
