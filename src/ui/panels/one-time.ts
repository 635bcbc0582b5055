import { button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import { refusalItem } from './refusal-item.ts';
import type { HeadsetTexts, HomeView, OneTimeView } from './view.ts';

/**
 * A link for one customer: on the page to be scanned at once, and on the desk's list to be sent from there. What stands
 * in the room is seen by the wearer alone, so that no phone could scan it: there only the way to the list is shown.
 */
export function oneTimePanels({ oneTime }: HomeView, texts: HeadsetTexts): readonly PanelDescription[] {
  if (oneTime.state !== 'ready') return [oneTimePanel('both', itemsOf(oneTime, texts), texts)];
  return [
    oneTimePanel('page', pageItems(oneTime, texts), texts),
    oneTimePanel('room', roomItems(oneTime, texts), texts),
  ];
}

function oneTimePanel(
  surface: PanelDescription['surface'],
  items: readonly PanelItem[],
  { t }: HeadsetTexts,
): PanelDescription {
  return panel({
    id: 'one-time',
    surface,
    title: t('oneTimeLink.title'),
    header: [
      button({
        key: 'close',
        name: t('action.close'),
        icon: 'close',
        look: 'quiet',
        command: { type: 'closeOneTime' },
      }),
    ],
    items,
  });
}

type Ready = Extract<OneTimeView, { state: 'ready' }>;

function itemsOf(oneTime: Exclude<OneTimeView, Ready>, texts: HeadsetTexts): readonly PanelItem[] {
  const { t } = texts;
  const create = createButton(t('oneTimeLink.create'));
  switch (oneTime.state) {
    case 'none':
      return [create];
    case 'creating':
      return [textItem('creating', t('oneTimeLink.creating'), { tone: 'quiet', icon: 'sync' })];
    case 'failed':
      return [refusalItem('failed', oneTime.refusal, texts), create];
  }
}

function pageItems(ready: Ready, texts: HeadsetTexts): readonly PanelItem[] {
  const desk = texts.t('oneTimeLink.desk', { title: ready.title });
  return [
    ...codeItems(ready, texts),
    textItem('desk', desk, { tone: 'quiet', icon: 'desk' }),
    nextButtons(ready, texts),
  ];
}

function roomItems(ready: Ready, texts: HeadsetTexts): readonly PanelItem[] {
  const desk = texts.t('oneTimeLink.deskOnly', { title: ready.title });
  return [textItem('desk', desk, { icon: 'desk' }), nextButtons(ready, texts)];
}

/** Without the code the link itself: read out or typed, it does as well. */
function codeItems({ code, title, url }: Ready, { t }: HeadsetTexts): readonly PanelItem[] {
  if (code === null) return [textItem('link', url, { icon: 'link' })];
  return [
    { kind: 'code', key: 'code', name: t('oneTimeLink.code', { title }), modules: code },
    textItem('scan', t('oneTimeLink.scan'), { icon: 'qr' }),
  ];
}

const nextButtons = ({ meetingId }: Ready, texts: HeadsetTexts): PanelItem => ({
  kind: 'row',
  key: 'next',
  controls: [joinButton(meetingId, texts), createButton(texts.t('oneTimeLink.another'))],
});

const createButton = (name: string) =>
  button({ key: 'create', name, icon: 'link', command: { type: 'createOneTime' } });

const joinButton = (meetingId: string, { t }: HeadsetTexts) =>
  button({
    key: 'join',
    name: t('oneTimeLink.join'),
    icon: 'call',
    look: 'primary',
    command: { type: 'joinMeeting', meetingId },
  });
