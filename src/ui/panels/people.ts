import { initialsOf } from './contact-entry.ts';
import { entry, type ListEntry, type PanelDescription, panel, type Tone } from './description.ts';
import type { CallView, HeadsetTexts, ParticipantView } from './view.ts';

/** Who is in the call, and in what state. */
export function peoplePanel(call: CallView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const others = call.participants.filter((one) => !one.isMe);
  return panel({
    id: 'people',
    title: t('call.peopleCount', { count: call.participants.filter((one) => one.state !== 'ringing').length }),
    items: [
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
    ],
  });
}

function participantEntry(one: ParticipantView, texts: HeadsetTexts): ListEntry {
  const detail = participantDetail(one, texts);
  return entry({
    key: one.person,
    title: one.name,
    label: `${one.name}, ${detail}`,
    detail,
    initials: initialsOf(one.name),
    icon: one.state === 'joined' && one.muted ? 'mic-off' : null,
    tone: toneOf(one),
    command: null,
  });
}

function participantDetail(one: ParticipantView, { t }: HeadsetTexts): string {
  if (one.state !== 'joined') return t(`participant.${one.state}`);
  const parts = [one.video === 'off' ? t('call.audioOnly') : t('participant.joined')];
  if (one.muted) parts.push(t('room.muted'));
  return parts.join(' · ');
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
