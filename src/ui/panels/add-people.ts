import type { Contact } from '../../client/types.ts';
import { contactEntry, newestFirst } from './contact-entry.ts';
import { button, type ListEntry, type PanelDescription, type PanelItem, panel } from './description.ts';
import { blockedReason } from './home.ts';
import { refusalItem } from './refusal-item.ts';
import { foundItems, keyboard, listItems, searchField } from './search.ts';
import type { AddPeopleView, CallView, HeadsetTexts, HeadsetView } from './view.ts';

/** Rings one more person into the call: recent contacts first, anybody else by search. */
export function addPeoplePanel(
  call: CallView & { readonly adding: AddPeopleView },
  view: HeadsetView,
  texts: HeadsetTexts,
): PanelDescription {
  const { t } = texts;
  const { search, contacts } = call.adding;
  const toEntry = (contact: Contact): ListEntry => addEntry(contact, call, view, texts);
  return panel({
    id: 'add-people',
    title: t('add.title'),
    header: [
      button({
        key: 'close',
        name: t('action.close'),
        icon: 'close',
        look: 'quiet',
        command: { type: 'closeAddPeople' },
      }),
    ],
    items: [
      searchField(search, texts),
      ...refusedItems(call.adding, texts),
      ...(search.query === '' ? recentItems(contacts, texts, toEntry) : foundItems(search, texts, toEntry)),
      keyboard(texts),
    ],
  });
}

function recentItems(
  contacts: AddPeopleView['contacts'],
  texts: HeadsetTexts,
  toEntry: (contact: Contact) => ListEntry,
): readonly PanelItem[] {
  if (contacts.state !== 'ready') return listItems('recent', contacts, texts, toEntry);
  if (contacts.value.length === 0) return [];
  const value = newestFirst(contacts.value, texts.language);
  return listItems('recent', { state: 'ready', value }, texts, toEntry);
}

function addEntry(
  contact: Contact,
  call: CallView & { readonly adding: AddPeopleView },
  view: HeadsetView,
  texts: HeadsetTexts,
): ListEntry {
  const { t } = texts;
  const there = call.participants.find((one) => one.person === contact.key);
  const added = contactEntry(contact, texts, {
    nowMs: view.nowMs,
    busy: call.adding.asking === contact.key,
    blocked: blockedReason(view, texts),
    command: { type: 'addPerson', person: contact.key },
  });
  if (there === undefined) return added;
  const detail = t(`participant.${there.state}`);
  return { ...added, detail, label: `${contact.name}, ${detail}`, disabled: detail };
}

/** Beside the search rather than as a notice: it is about the very person who was just chosen. */
function refusedItems({ refused }: AddPeopleView, texts: HeadsetTexts): readonly PanelItem[] {
  return refused === null ? [] : [refusalItem('refused', refused.refusal, texts)];
}
