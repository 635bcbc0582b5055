import { button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import { refusalItem } from './refusal-item.ts';
import type { HeadsetTexts, HomeView, OneTimeView } from './view.ts';

/** A link for one customer: to be scanned at once, and on the desk's list to be sent from there. */
export function oneTimePanel({ oneTime }: HomeView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  return panel({
    id: 'one-time',
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
    items: itemsOf(oneTime, texts),
  });
}

function itemsOf(oneTime: OneTimeView, texts: HeadsetTexts): readonly PanelItem[] {
  const { t } = texts;
  const create = button({
    key: 'create',
    name: t(oneTime.state === 'ready' ? 'oneTimeLink.another' : 'oneTimeLink.create'),
    icon: 'link',
    command: { type: 'createOneTime' },
  });
  switch (oneTime.state) {
    case 'none':
      return [create];
    case 'creating':
      return [textItem('creating', t('oneTimeLink.creating'), { tone: 'quiet', icon: 'sync' })];
    case 'failed':
      return [refusalItem('failed', oneTime.refusal, texts), create];
    case 'ready':
      return [
        ...codeItems(oneTime, texts),
        textItem('desk', t('oneTimeLink.desk', { title: oneTime.title }), { tone: 'quiet', icon: 'desk' }),
        { kind: 'row', key: 'next', controls: [joinButton(oneTime.meetingId, texts), create] },
      ];
  }
}

/** Without the code the link itself: read out or typed, it does as well. */
function codeItems(
  { code, title, url }: Extract<OneTimeView, { state: 'ready' }>,
  { t }: HeadsetTexts,
): readonly PanelItem[] {
  if (code === null) return [textItem('link', url, { icon: 'link' })];
  return [
    { kind: 'code', key: 'code', name: t('oneTimeLink.code', { title }), modules: code },
    textItem('scan', t('oneTimeLink.scan'), { icon: 'qr' }),
  ];
}

const joinButton = (meetingId: string, { t }: HeadsetTexts) =>
  button({
    key: 'join',
    name: t('oneTimeLink.join'),
    icon: 'call',
    look: 'primary',
    command: { type: 'joinMeeting', meetingId },
  });
