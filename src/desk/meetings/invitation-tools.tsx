import { useState } from 'preact/hooks';
import type { Invitation, MeetingDetails } from '../../client/types.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { nameList } from '../../ui/text/time.ts';
import { type Desk, refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { copyText } from '../parts/copy.ts';
import { SelectedText } from '../parts/selected-text.tsx';
import { icsFileName, mailtoUrl } from './invitation-mail.ts';

interface InvitationToolsProps {
  readonly desk: Desk;
  readonly details: MeetingDetails;
}

/** Makes a meeting known. Each invitation has a link of its own, so one is asked for once and kept while this is open. */
export function InvitationTools({ desk, details }: InvitationToolsProps) {
  const texts = useTexts();
  const { t } = texts;
  const [kept, setKept] = useState<Invitation | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const { may } = details;
  if (!may.invite && !may.send) return null;
  const { planner } = desk.client;

  async function withInvitation(use: (invitation: Invitation) => Promise<void>): Promise<void> {
    if (kept !== null) return use(kept);
    const result = await planner.invitation(details.meetingId);
    if (!result.ok) return desk.toasts.say(refusalText(texts, result.refusal), { refusal: result.refusal });
    setKept(result.value);
    await use(result.value);
  }
  const copy = async (
    text: string,
    said: 'details.copied' | 'details.mailTooLong' = 'details.copied',
  ): Promise<void> => {
    const copied = await copyText(text);
    desk.toasts.say(t(copied ? said : 'details.copyFailed'));
    setShown(copied ? null : text);
  };
  const send = async ({ recipients, canSend, subject, text }: Invitation): Promise<void> => {
    if (recipients.length === 0) return desk.toasts.say(t('details.nobodyToSend'));
    if (canSend) {
      const sent = await planner.sendInvitation({ meetingId: details.meetingId, text, to: recipients });
      if (sent.ok) desk.toasts.say(sentWords(texts, sent.value));
      else desk.toasts.say(refusalText(texts, sent.refusal), { refusal: sent.refusal });
      return;
    }
    const url = mailtoUrl({ to: recipients, subject, text });
    if (url === null) return copy(text, 'details.mailTooLong');
    desk.toasts.say(t('details.mailProgram'));
    location.assign(url);
  };
  const sending = {
    icon: 'send',
    name: t(details.cancelled ? 'details.sendCancellation' : 'details.send'),
    use: send,
  } as const;
  const calendarFile = {
    icon: 'download',
    name: t('details.ics'),
    use: async ({ ics }: Invitation) => downloadCalendar(icsFileName(details.title), ics),
  } as const;
  const copying = [
    { icon: 'copy', name: t('details.copyInvitation'), use: ({ text }: Invitation) => copy(text) },
    { icon: 'link', name: t('details.copyLink'), use: ({ url, text }: Invitation) => copy(url ?? text) },
  ] as const;
  const buttons = [...(may.send ? [sending] : []), ...(may.invite ? [...copying, calendarFile] : [])];
  return (
    <>
      <div class="button-row">
        {buttons.map(({ icon, name, use }) => (
          <button key={icon} type="button" class="button" onClick={() => void withInvitation(use)}>
            <Icon name={icon} />
            {name}
          </button>
        ))}
      </div>
      {shown === null ? null : <SelectedText label={t('details.invitationText')} text={shown} />}
    </>
  );
}

const sentWords = ({ t, language }: ReturnType<typeof useTexts>, { sent, failed }: Sent): string =>
  failed.length === 0
    ? t('details.sent', { count: sent })
    : t('details.sentInPart', { count: sent, failed: nameList(failed, language) });

interface Sent {
  readonly sent: number;
  readonly failed: readonly string[];
}

function downloadCalendar(fileName: string, ics: string): void {
  const url = URL.createObjectURL(new Blob([ics], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
