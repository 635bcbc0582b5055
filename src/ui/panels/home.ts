import type { Meeting } from '../../client/types.ts';
import { nameList, relativeTime } from '../text/time.ts';
import { contactEntry, initialsOf, newestFirst } from './contact-entry.ts';
import {
  button,
  entry,
  type ListEntry,
  type PanelDescription,
  type PanelItem,
  panel,
  textItem,
} from './description.ts';
import { pinButtons } from './pin-button.ts';
import { refusalItem } from './refusal-item.ts';
import type { HeadsetTexts, HeadsetView, HomeView } from './view.ts';

/** Four rows of 32 mm and the meeting below fill the 15 degrees that the panel may take. */
const CONTACTS_IN_ROOM = 4;

/** Recent Contacts, with Join Meeting below it while there is a meeting to join. */
export function homePanel(home: HomeView, view: HeadsetView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  return panel({
    id: 'home',
    title: t('home.title'),
    header: [
      button({
        key: 'search',
        name: t('home.search'),
        icon: 'search',
        look: 'quiet',
        expanded: home.open === 'search',
        command: { type: home.open === 'search' ? 'closeSearch' : 'openSearch' },
      }),
      button({
        key: 'account',
        name: initialsOf(home.myName),
        label: t('home.account', { name: home.myName, tenant: home.tenantName }),
        icon: 'person',
        look: 'quiet',
        expanded: home.open === 'menu',
        command: { type: 'toggleMenu' },
      }),
      ...pinButtons(view.room, texts),
    ],
    items: [...contactItems(home, view, texts), ...meetingItems(home, view, texts)],
  });
}

/** Why nothing can be started now; null when it can. */
export function blockedReason(view: HeadsetView, { t }: HeadsetTexts): string | null {
  if (!view.online) return t('connection.offline');
  return view.connection === 'online' ? null : t('connection.reconnecting');
}

function contactItems(home: HomeView, view: HeadsetView, texts: HeadsetTexts): readonly PanelItem[] {
  const { t } = texts;
  const { contacts } = home;
  switch (contacts.state) {
    case 'loading':
      return [textItem('contacts-loading', t('home.loading'), { tone: 'quiet', icon: 'sync' })];
    case 'failed':
      return [refusalItem('contacts-failed', contacts.refusal, texts)];
    case 'ready':
      return [
        {
          kind: 'list',
          key: 'contacts',
          name: t('home.recentContacts'),
          empty: t('home.empty'),
          roomPageSize: CONTACTS_IN_ROOM,
          previousName: t('home.previous'),
          nextName: t('home.next'),
          entries: newestFirst(contacts.value, texts.language).map((contact) =>
            contactEntry(contact, texts, {
              nowMs: view.nowMs,
              busy: home.starting?.kind === 'call' && home.starting.person === contact.key && home.starting.asked,
              blocked: blockedReason(view, texts),
              command: { type: 'callPerson', person: contact.key },
            }),
          ),
        },
      ];
  }
}

function meetingItems(home: HomeView, view: HeadsetView, texts: HeadsetTexts): readonly PanelItem[] {
  if (home.meetings.state !== 'ready') return [];
  const joinable = home.meetings.value.filter((meeting) => meeting.joinable).sort((a, b) => a.startMs - b.startMs);
  if (joinable.length === 0) return [];
  const { t } = texts;
  return [
    {
      kind: 'list',
      key: 'meetings',
      name: t('home.joinMeeting'),
      empty: null,
      roomPageSize: 1,
      previousName: t('home.previousMeeting'),
      nextName: t('home.nextMeeting'),
      entries: joinable.map((meeting) => meetingEntry(meeting, home, view, texts)),
    },
  ];
}

function meetingEntry(meeting: Meeting, home: HomeView, view: HeadsetView, texts: HeadsetTexts): ListEntry {
  const { t } = texts;
  const busy =
    home.starting?.kind === 'meeting' && home.starting.meetingId === meeting.meetingId && home.starting.asked;
  const when = meetingWhen(meeting, view.nowMs, texts);
  return entry({
    key: meeting.meetingId,
    title: t('home.joinMeeting'),
    label: t('home.joinNamed', { title: meeting.title }),
    detail: busy ? t('home.joining', { title: meeting.title }) : `${meeting.title} · ${when}`,
    icon: 'meeting',
    look: 'primary',
    disabled: blockedReason(view, texts),
    busy,
    command: { type: 'joinMeeting', meetingId: meeting.meetingId },
  });
}

function meetingWhen(meeting: Meeting, nowMs: number, { t, language }: HeadsetTexts): string {
  if (meeting.present.length > 0) return t('home.meetingNow', { names: nameList(meeting.present, language) });
  if (meeting.startMs <= nowMs) return t('home.meetingEmpty');
  return t('home.meetingSoon', { when: relativeTime(meeting.startMs, nowMs, language) });
}

/** The avatar's menu, or the settings that it leads to. */
export function menuPanel(home: HomeView, { t }: HeadsetTexts): PanelDescription {
  return panel({
    id: 'menu',
    title: home.myName,
    header: [closeButton(t('action.close'), 'toggleMenu')],
    items: [
      textItem('tenant', home.tenantName, { tone: 'quiet', icon: 'company' }),
      button({
        key: 'one-time',
        name: t(home.oneTime.state === 'ready' ? 'oneTimeLink.show' : 'oneTimeLink.create'),
        icon: 'link',
        command: { type: 'openOneTime' },
      }),
      button({ key: 'settings', name: t('home.settings'), icon: 'settings', command: { type: 'openSettings' } }),
      button({ key: 'sign-out', name: t('action.signOut'), icon: 'sign-out', command: { type: 'signOut' } }),
    ],
  });
}

export function settingsPanel(home: HomeView, { t }: HeadsetTexts): PanelDescription {
  return panel({
    id: 'settings',
    title: t('settings.title'),
    header: [closeButton(t('action.close'), 'closeSettings')],
    items: [
      textItem('company', t('settings.company', { tenant: home.tenantName }), { icon: 'company' }),
      button({
        key: 'change-tenant',
        name: t('signIn.changeTenant'),
        icon: 'company',
        disabled: t('settings.changeNeedsSignOut'),
        command: { type: 'changeTenant' },
      }),
      textItem('change-hint', t('settings.changeNeedsSignOut'), { tone: 'quiet' }),
      textItem('version', t('settings.version', { version: home.version }), { tone: 'quiet' }),
    ],
  });
}

function closeButton(name: string, type: 'toggleMenu' | 'closeSettings') {
  return button({ key: 'close', name, icon: 'close', look: 'quiet', command: { type } });
}
