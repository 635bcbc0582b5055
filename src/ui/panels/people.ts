import { initialsOf } from './contact-entry.ts';
import {
  button,
  entry,
  type ListEntry,
  type PanelDescription,
  type PanelItem,
  panel,
  type Tone,
} from './description.ts';
import type { CallView, HeadsetTexts, ParticipantView } from './view.ts';

/** Who is in the call, and in what state. */
export function peoplePanel(call: CallView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const others = call.participants.filter((one) => !one.isMe);
  return panel({
    id: 'people',
    title: t('call.peopleCount', { count: call.participants.filter((one) => one.state !== 'ringing').length }),
    items: [
      ...screenButton(call, texts),
      {
        kind: 'list',
        key: 'people',
        name: t('room.people'),
        empty: t('room.alone'),
        roomPageSize: 3,
        previousName: t('home.previous'),
        nextName: t('home.next'),
        entries: others.map((one) => participantEntry(one, texts)),
      },
      ...addButton(call, texts),
    ],
  });
}

/** First of all, right below the slate that it is about. */
function screenButton({ screenOf }: CallView, { t }: HeadsetTexts): readonly PanelItem[] {
  if (screenOf === null) return [];
  return [
    button({
      key: 'close-screen',
      name: t('call.closeScreen'),
      label: t('call.closeScreenOf', { name: screenOf }),
      icon: 'share-stop',
      command: { type: 'closeScreen' },
    }),
  ];
}

function addButton({ addingPeople, adding }: CallView, { t }: HeadsetTexts): readonly PanelItem[] {
  if (!addingPeople.offered) return [];
  const { refused } = addingPeople;
  return [
    button({
      key: 'add-people',
      name: t('add.title'),
      icon: 'person-add',
      expanded: adding !== null,
      disabled: refused === null ? null : t(`refusal.${refused}`),
      command: { type: adding === null ? 'openAddPeople' : 'closeAddPeople' },
    }),
  ];
}

function participantEntry(one: ParticipantView, texts: HeadsetTexts): ListEntry {
  const { person, name, mayCallOff } = one;
  const detail = participantDetail(one, texts);
  return entry({
    key: person,
    title: name,
    label: mayCallOff ? `${texts.t('add.stop', { name })}, ${detail}` : `${name}, ${detail}`,
    detail: mayCallOff ? texts.t('participant.ringingStop') : detail,
    initials: initialsOf(name),
    icon: mayCallOff ? 'end-call' : one.state === 'joined' && one.muted ? 'mic-off' : null,
    tone: toneOf(one),
    command: mayCallOff ? { type: 'callOff', person } : null,
  });
}

function participantDetail(one: ParticipantView, texts: HeadsetTexts): string {
  const parts = participantState(one, texts);
  return (one.strange === null ? parts : [texts.t(`participant.${one.strange}`), ...parts]).join(' · ');
}

function participantState(one: ParticipantView, { t }: HeadsetTexts): readonly string[] {
  if (one.state !== 'joined') return [t(`participant.${one.state}`)];
  const state = one.video === 'off' ? t('call.audioOnly') : t('participant.joined');
  return one.muted ? [state, t('room.muted')] : [state];
}

function toneOf(one: ParticipantView): Tone {
  switch (one.state) {
    case 'ringing':
    case 'reconnecting':
      return 'waiting';
    case 'joined':
      return 'quiet';
  }
}
