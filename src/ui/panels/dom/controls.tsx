import { type DetailsWords, RefusalDetails } from '../../parts/refusal-details.tsx';
import type { PanelCommand } from '../command.ts';
import type { ButtonControl, FieldItem, ListEntry, ListItem, TextItem } from '../description.ts';
import { Icon } from './icon.tsx';

export type Send = (command: PanelCommand) => void;

/**
 * A control that can't be used stays in the tab order and says why: `aria-disabled` rather than `disabled`,
 * which would also drop the focus of somebody who just pressed it.
 */
export function ButtonView({ control, send }: { readonly control: ButtonControl; readonly send: Send }) {
  const blocked = control.disabled !== null || control.busy;
  const press = (): void => {
    if (!blocked) send(control.command);
  };
  return (
    <button
      type="button"
      class={`button look-${control.look}`}
      data-control={control.key}
      {...toggleState(control)}
      aria-disabled={blocked || undefined}
      aria-busy={control.busy || undefined}
      title={control.disabled ?? undefined}
      onClick={press}
    >
      {control.swatch !== null && <span class={`swatch swatch-${control.swatch}`} aria-hidden="true" />}
      {control.icon !== null && control.swatch === null && <Icon name={control.icon} />}
      <span class="button-name">{control.name}</span>
      {control.badge !== null && <span class="badge">{control.badge}</span>}
    </button>
  );
}

/** A choice among several is checked, a tool is pressed, what opens something is expanded. */
function toggleState({ role, pressed, expanded, label }: ButtonControl) {
  return {
    'aria-label': label ?? undefined,
    role: role === 'radio' ? ('radio' as const) : undefined,
    'aria-checked': role === 'radio' ? pressed === true : undefined,
    'aria-pressed': role === 'button' ? (pressed ?? undefined) : undefined,
    'aria-expanded': expanded ?? undefined,
  };
}

interface TextViewOptions {
  readonly id: string;
  readonly item: TextItem;
  readonly words: DetailsWords;
}

export function TextView({ id, item, words }: TextViewOptions) {
  return (
    <div id={id} class={`text tone-${item.tone}`} data-control={item.key}>
      {item.icon !== null && <Icon name={item.icon} />}
      <div class="text-body">
        <p>{item.text}</p>
        {item.detail !== null && <RefusalDetails code={item.detail} reference={item.reference} words={words} />}
      </div>
    </div>
  );
}

export function ListView({ item, send }: { readonly item: ListItem; readonly send: Send }) {
  if (item.entries.length === 0) {
    return item.empty === null ? null : <p class="list-empty">{item.empty}</p>;
  }
  return (
    <ul class="list" data-control={item.key} aria-label={item.name}>
      {item.entries.map((entry) => (
        <li key={entry.key}>
          <EntryView entry={entry} send={send} />
        </li>
      ))}
    </ul>
  );
}

function EntryView({ entry, send }: { readonly entry: ListEntry; readonly send: Send }) {
  const { command } = entry;
  if (command === null) {
    return (
      <div class={entry.controls.length === 0 ? 'entry entry-shown' : 'entry entry-shown entry-decided'}>
        <EntryBody entry={entry} />
        {entry.controls.length > 0 && (
          <span class="entry-controls">
            {entry.controls.map((control) => (
              <ButtonView key={control.key} control={control} send={send} />
            ))}
          </span>
        )}
      </div>
    );
  }
  const blocked = entry.disabled !== null || entry.busy;
  const press = (): void => {
    if (!blocked) send(command);
  };
  return (
    <button
      type="button"
      class={`entry look-${entry.look}`}
      aria-label={entry.label}
      aria-disabled={blocked || undefined}
      aria-busy={entry.busy || undefined}
      title={entry.disabled ?? undefined}
      onClick={press}
    >
      <EntryBody entry={entry} />
    </button>
  );
}

function EntryBody({ entry }: { readonly entry: ListEntry }) {
  return (
    <>
      <span class="entry-mark" aria-hidden="true">
        {entry.initials ?? (entry.icon === null ? '' : <Icon name={entry.icon} />)}
        {entry.presence !== null && <span class={`presence presence-${entry.presence}`} />}
      </span>
      <span class="entry-words">
        <span class="entry-title">{entry.title}</span>
        {entry.detail !== null && <span class={`entry-detail tone-${entry.tone}`}>{entry.detail}</span>}
      </span>
      {entry.initials !== null && entry.icon !== null && (
        <span class={`entry-end tone-${entry.tone}`}>
          <Icon name={entry.icon} />
        </span>
      )}
    </>
  );
}

export function FieldView({ item, send }: { readonly item: FieldItem; readonly send: Send }) {
  return (
    <label class="field">
      <span class="field-name">{item.name}</span>
      <span class="field-box">
        <Icon name="search" />
        <input
          type="search"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          data-control={item.key}
          value={item.value}
          onInput={(event) => send({ type: 'searchFor', query: event.currentTarget.value })}
        />
      </span>
    </label>
  );
}
