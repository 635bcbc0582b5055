import { useMemo } from 'preact/hooks';
import { CallView } from './call/call-view.tsx';
import { IncomingDialog } from './calls/incoming-dialog.tsx';
import type { CallNotifications } from './calls/notifications.ts';
import type { Ringer } from './calls/ringer.ts';
import { useAttention } from './calls/use-attention.ts';
import { callerOf, ringingOut } from './calls/who.ts';
import type { Desk } from './desk.ts';
import { type DeskTexts, useTexts } from './desk-texts.ts';
import { ContactsView } from './home/contacts-view.tsx';
import { LobbyNotices } from './lobby/lobby-notice.tsx';
import { lobbySaid } from './lobby/lobby-words.ts';
import { OwnPlaceNotice } from './lobby/own-place.tsx';
import { MeetingsPage } from './meetings/meetings-page.tsx';
import { OneTimePage } from './one-time/one-time-page.tsx';
import { RefusedNote } from './parts/refused-note.tsx';
import { Banner } from './shell/banner.tsx';
import { Rail } from './shell/rail.tsx';
import { ToastList } from './shell/toast-list.tsx';

export interface DeskPageProps {
  readonly desk: Desk;
  readonly demo: boolean;
  readonly ringer: Ringer;
  readonly notifications: CallNotifications;
  /** Signs in again, after the connection was closed for good. */
  readonly onSignIn: () => void;
  /** Asks for an account of any company, in the same case. */
  readonly onOtherAccount: () => void;
}

/** Everything somebody sees who is signed in. */
export function DeskPage(props: DeskPageProps) {
  const { desk, demo, ringer, notifications } = props;
  const texts = useTexts();
  const { t } = texts;
  const attention = useMemo(() => ({ ringer, notifications }), [ringer, notifications]);
  const me = desk.client.me.value;
  const incoming = desk.client.incoming.value;
  const call = desk.call.value;
  const caller = incoming === null || me === null ? null : (callerOf(incoming.state.value, me.key)?.name ?? '');
  const ringingTo = call === null ? null : ringingOut(call.session.state.value, call.me);
  const calling = caller === null ? null : t('desk.incomingTitle', { name: caller });
  const waiting = desk.client.door.lobbies.value.find((lobby) => lobby.mayAdmit);
  const wanted = { calling, waiting: waiting === undefined ? null : lobbySaid(texts, waiting) };
  useAttention(attention, wanted, ringingTo !== null, titleOf(desk, texts));
  if (desk.client.status.value === 'closed') return <Closed {...props} />;
  if (me === null) return <p class="splash">{t('connection.connecting')}</p>;
  const section = desk.section.value;
  return (
    <div class="desk">
      <Rail desk={desk} demo={demo} />
      <div class="desk-main">
        <div class="desk-top">
          <Banner desk={desk} />
          <LobbyNotices desk={desk} />
        </div>
        {call === null ? null : (
          <CallView key={call.session.callId} desk={desk} call={call} hidden={section !== 'call'} />
        )}
        {section === 'contacts' ? <ContactsView desk={desk} notifications={notifications} /> : null}
        {section === 'meetings' ? <MeetingsPage desk={desk} /> : null}
        {section === 'oneTime' ? <OneTimePage desk={desk} /> : null}
      </div>
      <p class="visually-hidden" role="alert">
        {calling ?? (ringingTo === null ? '' : t('outgoing.title', { name: ringingTo.name }))}
      </p>
      <OwnPlaceNotice desk={desk} />
      <ToastList toasts={desk.toasts} />
      {incoming === null ? null : <IncomingDialog desk={desk} incoming={incoming} me={me.key} />}
    </div>
  );
}

function titleOf({ call }: Desk, { t }: DeskTexts): string {
  const other = call.value?.others.value[0]?.name;
  return other === undefined ? t('desk.title') : t('desk.inCallTitle', { name: other });
}

function Closed({ desk, onSignIn, onOtherAccount }: DeskPageProps) {
  const { t } = useTexts();
  const why = desk.client.closedBecause.value;
  return (
    <main class="gate">
      <div class="gate-card">
        <h1>{t('closed.title')}</h1>
        {why === null ? <p role="alert">{t('signIn.expired')}</p> : <RefusedNote refusal={why} />}
        <button type="button" class="button button-accent button-large" onClick={onSignIn}>
          {t('action.signIn')}
        </button>
        <button type="button" class="button button-bare" onClick={onOtherAccount}>
          {t('closed.otherAccount')}
        </button>
      </div>
    </main>
  );
}
