import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Meeting, MeetingDetails } from '../../client/types.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { lateQrModules } from '../../ui/parts/late-qr-modules.ts';
import { QrCode } from '../../ui/parts/qr-code.tsx';
import type { QrModules } from '../../ui/parts/qr-modules.ts';
import { type Desk, refusalText } from '../desk.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { copyText } from '../parts/copy.ts';
import { isFocusLost } from '../parts/focus-on.ts';
import { SelectedText } from '../parts/selected-text.tsx';
import type { OneTimeCalls } from './one-time-state.ts';

interface OneTimeCardProps {
  readonly desk: Desk;
  readonly calls: OneTimeCalls;
  readonly meeting: Meeting;
  /** Made a moment ago: its first button gets the focus. */
  readonly isNewest: boolean;
  readonly onEdit: (details: MeetingDetails) => void;
}

const HOUR_MS = 3_600_000;

type Shown =
  | { readonly what: 'message' | 'link'; readonly url: string }
  | { readonly what: 'qr'; readonly modules: QrModules }
  | null;

/** One link: what became of it, and what may still be done with it. */
export function OneTimeCard({ desk, calls, meeting, isNewest, onEdit }: OneTimeCardProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const [shown, setShown] = useState<Shown>(null);
  const [asking, setAsking] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isNewest) return;
    item.current?.scrollIntoView({ block: 'center' });
    first.current?.focus({ preventScroll: true });
  }, [isNewest]);
  const { meetingId, title, startMs, endMs, oneTime, may } = meeting;
  useEffect(() => {
    // Its buttons are gone, one's own among them.
    if (!open && isFocusLost()) item.current?.focus({ preventScroll: true });
  }, [oneTime]);
  const open = oneTime === 'waiting' || oneTime === 'inLobby';
  const state = oneTime ?? 'waiting';
  const hours = calls.settings.value?.oneTimeLinkHours;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });

  const withLink = async (use: (url: string) => void | Promise<void>): Promise<void> => {
    const link = await calls.linkOf(meetingId);
    if (link.ok) await use(link.value);
    else desk.toasts.say(refusalText(texts, link.refusal), { refusal: link.refusal });
  };
  const copyLink = async (url: string): Promise<void> => {
    const copied = await copyText(url);
    desk.toasts.say(t(copied ? 'details.copied' : 'details.copyFailed'));
    if (!copied) setShown({ what: 'link', url });
  };
  /** As it is, and open to be changed. */
  const copyMessage = async (url: string): Promise<void> => {
    setShown({ what: 'message', url });
    const copied = await copyText(messageOf(desk, t, url));
    desk.toasts.say(t(copied ? 'oneTime.copiedMessage' : 'details.copyFailed'));
  };
  /** Without the code the link itself, to be sent some other way. */
  const showCode = async (url: string): Promise<void> => {
    const modules = await lateQrModules(url);
    setShown(modules === null ? { what: 'link', url } : { what: 'qr', modules });
  };
  const toggle = (what: 'message' | 'qr', show: (url: string) => void | Promise<void>) => () =>
    shown?.what === what ? setShown(null) : void withLink(show);
  const revoke = async (): Promise<void> => {
    setAsking(false);
    const result = await desk.client.planner.revokeLink(meetingId);
    desk.toasts.say(
      result.ok ? t('oneTime.revoked') : refusalText(texts, result.refusal),
      ...(result.ok ? [] : [{ refusal: result.refusal }]),
    );
    setShown(null);
    await calls.reload();
  };
  const edit = async (): Promise<void> => {
    const details = await desk.client.planner.details(meetingId);
    if (details.ok) onEdit(details.value);
    else desk.toasts.say(refusalText(texts, details.refusal), { refusal: details.refusal });
  };
  const blocked = desk.entering.value !== null || desk.call.value !== null || desk.client.status.value !== 'online';
  return (
    <li class="card one-time" ref={item} tabIndex={-1}>
      <div class="one-time-head">
        <div class="meeting-words">
          <p class="strong">{title}</p>
          <p class="quiet">{t('meetings.time', { start: day.format(startMs), end: clock.format(endMs) })}</p>
          {open && hours !== undefined ? (
            <p class="quiet">{t('oneTime.validUntil', { when: day.format(endMs + hours * HOUR_MS) })}</p>
          ) : null}
        </div>
        <p class={`link-state link-${state}`}>
          <span class="visually-hidden">{t('oneTime.state')}: </span>
          {t(`state.${state}`)}
        </p>
      </div>
      {open || oneTime === 'inCall' ? (
        <fieldset class="button-row">
          <legend class="visually-hidden">{t('oneTime.actions', { title })}</legend>
          {open ? (
            <>
              <button
                type="button"
                class="button"
                ref={first}
                aria-expanded={shown?.what === 'message'}
                onClick={toggle('message', copyMessage)}
              >
                <Icon name="copy" />
                {t('oneTime.copyMessage')}
              </button>
              <button type="button" class="button" onClick={() => void withLink(copyLink)}>
                <Icon name="link" />
                {t('details.copyLink')}
              </button>
              <button
                type="button"
                class="button"
                aria-expanded={shown?.what === 'qr'}
                onClick={toggle('qr', showCode)}
              >
                <Icon name="qr" />
                {t('oneTime.qr')}
              </button>
              {may.edit ? (
                <>
                  <button type="button" class="button" onClick={() => void edit()}>
                    <Icon name="edit" />
                    {t('oneTime.edit')}
                  </button>
                  <button type="button" class="button" onClick={() => setAsking(true)}>
                    <Icon name="close" />
                    {t('oneTime.revoke')}
                  </button>
                </>
              ) : null}
            </>
          ) : null}
          {meeting.joinable ? (
            <button
              type="button"
              class="button button-accent"
              aria-label={t('meetings.joinNamed', { title })}
              aria-disabled={blocked}
              onClick={blocked ? undefined : () => void desk.join(meetingId)}
            >
              {t(desk.entering.value === meetingId ? 'meetings.joining' : 'meetings.join')}
            </button>
          ) : null}
        </fieldset>
      ) : null}
      {open && shown?.what === 'message' ? <Message desk={desk} url={shown.url} /> : null}
      {open && shown?.what === 'link' ? <SelectedText label={t('details.joinLink')} text={shown.url} /> : null}
      {open && shown?.what === 'qr' ? (
        <div class="qr-card">
          <QrCode modules={shown.modules} label={t('oneTime.qrLabel', { title })} />
          <p class="quiet">{t('oneTime.qrHint')}</p>
        </div>
      ) : null}
      {asking ? (
        <AskDialog
          title={t('oneTime.revokeAsk', { title })}
          body={t('oneTime.revokeBody')}
          keep={t('details.keep')}
          go={t('oneTime.revoke')}
          onKeep={() => setAsking(false)}
          onGo={() => void revoke()}
        />
      ) : null}
    </li>
  );
}

function messageOf({ client }: Desk, t: DeskTexts['t'], link: string): string {
  const me = client.me.peek();
  return t('oneTime.messageText', { agent: me?.name ?? '', company: me?.tenantName ?? '', link });
}

/** Instructions and link; the agent changes them before they are copied. */
function Message({ desk, url }: { readonly desk: Desk; readonly url: string }) {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState(() => messageOf(desk, t, url));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = async (): Promise<void> => {
    const copied = await copyText(text);
    desk.toasts.say(t(copied ? 'details.copied' : 'details.copyFailed'));
    if (!copied) field.current?.select();
  };
  return (
    <div class="form-field">
      <label for={id}>{t('oneTime.message')}</label>
      <textarea
        id={id}
        class="field"
        ref={field}
        rows={10}
        value={text}
        aria-describedby={`${id}-hint`}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="quiet" id={`${id}-hint`}>
        {t('oneTime.messageHint')}
      </p>
      <div class="button-row">
        <button type="button" class="button button-accent" onClick={() => void copy()}>
          <Icon name="copy" />
          {t('oneTime.copyMessage')}
        </button>
      </div>
    </div>
  );
}
