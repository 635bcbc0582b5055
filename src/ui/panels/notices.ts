import { nameList } from '../text/time.ts';
import { button, type PanelDescription, type PanelItem, panel, type TextItem, textItem } from './description.ts';
import { pinButtons } from './pin-button.ts';
import { refusalItem } from './refusal-item.ts';
import type { CallView, HeadsetTexts, HeadsetView, NoticeView, ParticipantView } from './view.ts';

/** More lines would reach into the middle of the view, where the hands work. */
const MOST_NOTICES = 2;

/** The sign that others see what the camera sees. Apart from the notices: nothing may crowd it out. */
export function cameraLivePanel(call: CallView, { t }: HeadsetTexts): PanelDescription | null {
  if (call.media.video !== 'live') return null;
  return panel({
    id: 'camera-live',
    title: t('call.cameraLive'),
    showTitle: false,
    role: 'status',
    items: [textItem('live', t('call.cameraLive'), { tone: 'live', icon: 'record' })],
  });
}

/** What the wearer should know right now, the most pressing first; null when all is well. */
export function noticesPanel(view: HeadsetView, texts: HeadsetTexts): PanelDescription | null {
  const { t } = texts;
  const lines = [...connectionNotices(view, texts), ...callNotices(view, texts)];
  const items: PanelItem[] = lines.slice(0, MOST_NOTICES);
  if (view.notice !== null) {
    if (items.length === MOST_NOTICES) items.pop();
    items.unshift(momentaryNotice(view.notice, texts));
    items.push(
      button({
        key: 'dismiss',
        name: t('action.close'),
        icon: 'close',
        look: 'quiet',
        command: { type: 'dismissNotice' },
      }),
    );
  }
  if (view.room.lost) {
    if (items.length === MOST_NOTICES) items.pop();
    items.push(textItem('lost', t('pin.lost'), { tone: 'quiet', icon: 'pin' }), ...pinButtons(view.room, texts));
  }
  if (items.length === 0) return null;
  return panel({ id: 'notices', title: t('page.notices'), showTitle: false, role: 'status', items });
}

function momentaryNotice(notice: NoticeView, texts: HeadsetTexts): TextItem {
  const { t } = texts;
  switch (notice.kind) {
    case 'refusal':
      return refusalItem('refused', notice.refusal, texts);
    case 'call-over': {
      const isByRule = notice.reason === 'not-allowed';
      return textItem('call-over', callOverText(notice, t), {
        icon: isByRule ? 'warning' : 'end-call',
        tone: isByRule ? 'waiting' : 'body',
        detail: notice.refusal?.code ?? null,
        reference: notice.refusal?.reference ?? null,
      });
    }
    case 'moved-away':
      return textItem('moved-away', t('call.elsewhere'), { icon: 'end-call' });
    case 'person-gone':
      return textItem('person-gone', personGoneText(notice, t), { icon: 'person' });
  }
}

function personGoneText({ reason, name }: NoticeView & { kind: 'person-gone' }, t: HeadsetTexts['t']): string {
  switch (reason) {
    case 'declined':
      return t('call.declined', { name });
    case 'missed':
      return t('call.missed', { name });
    case 'busy':
      return t('call.busy', { name });
    case 'not-allowed':
      return t('call.personNotAllowed', { name });
    case 'left':
    case 'cancelled':
    case 'lost':
      return t('call.personLeft', { name });
  }
}

function callOverText(notice: NoticeView & { kind: 'call-over' }, t: HeadsetTexts['t']): string {
  const { name } = notice;
  switch (notice.reason) {
    case 'ended':
    case 'cancelled':
      return t('call.ended');
    case 'declined':
      return t('call.declined', { name });
    case 'missed':
      return t('call.missed', { name });
    case 'busy':
      return t('call.busy', { name });
    case 'lost':
      return t('call.lost');
    case 'not-allowed':
      return t('call.notAllowed');
  }
}

function connectionNotices(view: HeadsetView, { t }: HeadsetTexts): readonly TextItem[] {
  if (view.screen.screen !== 'home' && view.screen.screen !== 'call') return [];
  if (!view.online) return [textItem('offline', t('connection.offline'), { tone: 'waiting', icon: 'offline' })];
  if (view.connection === 'online') return [];
  return [textItem('reconnecting', t('connection.reconnecting'), { tone: 'waiting', icon: 'sync' })];
}

function callNotices(view: HeadsetView, texts: HeadsetTexts): readonly TextItem[] {
  if (view.screen.screen !== 'call') return [];
  const call = view.screen;
  const { t } = texts;
  const lines: TextItem[] = [];
  for (const one of call.participants) {
    const line = one.isMe ? null : personNotice(one, texts);
    if (line !== null) lines.push(line);
  }
  if (!call.tracking) lines.push(textItem('tracking', t('call.trackingLost'), { tone: 'waiting', icon: 'warning' }));
  lines.push(...mediaNotices(call, texts));
  lines.push(...snapshotNotices(call, texts));
  if (call.editing.length > 0) {
    const name = nameList(call.editing, texts.language);
    lines.push(textItem('editing', t('call.editing', { name }), { tone: 'waiting', icon: 'edit' }));
  }
  if (call.hasStale) lines.push(textItem('stale', t('call.stale'), { tone: 'waiting', icon: 'warning' }));
  if (call.hasApproximate) lines.push(textItem('approximate', t('call.approximate'), { tone: 'quiet', icon: 'info' }));
  if (call.signInHeld) lines.push(textItem('sign-in-held', t('call.signInHeld'), { tone: 'quiet', icon: 'info' }));
  return lines;
}

/** What the way to somebody looks like, the worst first; null when there is nothing to say. */
function personNotice({ person, name, state, noPath }: ParticipantView, { t }: HeadsetTexts): TextItem | null {
  const key = `person-${person}`;
  if (noPath) return textItem(key, t('call.noPath', { name }), { tone: 'waiting', icon: 'warning' });
  switch (state) {
    case 'joined':
      return null;
    case 'ringing':
      return textItem(key, t('call.ringing', { name }), { tone: 'waiting', icon: 'sync' });
    case 'reconnecting':
      return textItem(key, t('person.reconnecting', { name }), { tone: 'waiting', icon: 'sync' });
  }
}

function snapshotNotices({ participants, snapshotSent }: CallView, { t }: HeadsetTexts): readonly TextItem[] {
  if (snapshotSent) return [textItem('snapshot', t('call.snapshotSent'), { tone: 'quiet', icon: 'info' })];
  if (!participants.some((one) => one.noPath)) return [];
  return [textItem('snapshot', t('call.snapshotsInstead'), { tone: 'quiet', icon: 'info' })];
}

function mediaNotices({ media, quality }: CallView, { t }: HeadsetTexts): readonly TextItem[] {
  const lines: TextItem[] = [];
  if (media.microphoneProblem !== 'none') {
    lines.push(
      textItem('microphone', t(`microphone.${media.microphoneProblem}`), { tone: 'waiting', icon: 'mic-off' }),
    );
  }
  if (media.cameraProblem !== 'none') {
    lines.push(textItem('camera', t(`media.${media.cameraProblem}`), { tone: 'waiting', icon: 'video-off' }));
  }
  if (media.video === 'starting') {
    lines.push(textItem('starting', t('call.videoStarting'), { tone: 'quiet', icon: 'video' }));
  }
  if (quality === 'poor') lines.push(textItem('quality', t('call.poor'), { tone: 'waiting', icon: 'warning' }));
  return lines;
}
