import { nameList } from '../text/time.ts';
import { button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import type { HeadsetTexts, IncomingView, StartingView } from './view.ts';

/** Somebody rings: Video, Audio, Ignore. */
export function incomingPanel(incoming: IncomingView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const name = incoming.from;
  const busy = incoming.answering;
  return panel({
    id: 'incoming',
    title:
      incoming.meetingTitle === null
        ? t('ringing.title', { name })
        : t('incoming.meeting', { name, title: incoming.meetingTitle }),
    role: 'alertdialog',
    items: [
      ...othersItems(incoming, texts),
      {
        kind: 'row',
        key: 'answers',
        controls: [
          button({
            key: 'video',
            name: t('incoming.video'),
            icon: 'video',
            look: 'primary',
            busy,
            command: { type: 'answer', video: true },
          }),
          button({
            key: 'audio',
            name: t('incoming.audio'),
            icon: 'call',
            look: 'primary',
            busy,
            command: { type: 'answer', video: false },
          }),
          button({ key: 'ignore', name: t('incoming.ignore'), icon: 'ignore', busy, command: { type: 'ignore' } }),
        ],
      },
    ],
  });
}

/** Somebody rings from a call that is going on: who else will see and hear. */
function othersItems({ others }: IncomingView, { t, language }: HeadsetTexts): readonly PanelItem[] {
  if (others.length === 0) return [];
  const text = t('incoming.others', { names: nameList(others, language) });
  return [textItem('others', text, { tone: 'quiet', icon: 'people' })];
}

/** Asked before a call ends that nobody can come back to. What leaves everything as it is comes first: it gets the focus. */
export function endCallPanel({ t }: HeadsetTexts): PanelDescription {
  return panel({
    id: 'end-call',
    title: t('endForGood.title'),
    role: 'alertdialog',
    items: [
      textItem('body', t('endForGood.body')),
      {
        kind: 'row',
        key: 'answers',
        controls: [
          button({ key: 'stay', name: t('endForGood.stay'), icon: 'call', command: { type: 'stayInCall' } }),
          button({
            key: 'end',
            name: t('endForGood.end'),
            icon: 'end-call',
            look: 'danger',
            command: { type: 'endForGood' },
          }),
        ],
      },
    ],
  });
}

/** Asked once before a call or a meeting is joined. */
export function startVideoPanel(starting: StartingView, { t }: HeadsetTexts): PanelDescription {
  const what = starting.kind === 'call' ? t('home.call', { name: starting.name }) : starting.title;
  return panel({
    id: 'join',
    title: t('join.title'),
    role: 'alertdialog',
    items: [
      textItem('what', what, { icon: starting.kind === 'call' ? 'call' : 'meeting' }),
      textItem('body', t('join.body'), { tone: 'quiet' }),
      {
        kind: 'row',
        key: 'answers',
        controls: [
          button({
            key: 'with',
            name: t('join.withVideo'),
            icon: 'video',
            look: 'primary',
            command: { type: 'start', video: true },
          }),
          button({
            key: 'without',
            name: t('join.withoutVideo'),
            icon: 'video-off',
            command: { type: 'start', video: false },
          }),
          button({
            key: 'cancel',
            name: t('action.cancel'),
            icon: 'close',
            look: 'quiet',
            command: { type: 'cancelStart' },
          }),
        ],
      },
    ],
  });
}
