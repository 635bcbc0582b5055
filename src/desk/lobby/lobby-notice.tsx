import { useRef, useState } from 'preact/hooks';
import type { Lobby } from '../../client/meetings/types.ts';
import { accept, type Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { nameList } from '../../ui/text/time.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { useNow } from '../parts/use-now.ts';
import { decidedWords, lobbySaid, sinceWords, whoWords } from './lobby-words.ts';
import { LOBBY_KEYS, useWayBack } from './use-way-back.ts';

/** Who waits at the doors that this person decides about; wherever they are on the desk. */
export function LobbyNotices({ desk }: { readonly desk: Desk }) {
  const texts = useTexts();
  const { t } = texts;
  const lobbies = desk.client.door.lobbies.value;
  const nowMs = useNow(desk) - desk.client.clockOffsetMs.value;
  const notices = useRef<HTMLElement>(null);
  useWayBack(notices, lobbies);
  const mayDecide = lobbies.some(({ mayAdmit }) => mayAdmit);
  return (
    <>
      <p class="visually-hidden" role="status">
        {[...lobbies.map((lobby) => lobbySaid(texts, lobby)), ...(mayDecide ? [t('lobbyNotice.keysSaid')] : [])].join(
          ' ',
        )}
      </p>
      {lobbies.length === 0 ? null : (
        <aside class="lobby-notices" ref={notices} aria-label={t('lobbyNotice.label')} aria-keyshortcuts={LOBBY_KEYS}>
          {lobbies.map((lobby) => (
            <LobbyNotice key={lobby.meetingId} desk={desk} lobby={lobby} nowMs={nowMs} />
          ))}
        </aside>
      )}
    </>
  );
}

interface LobbyNoticeProps {
  readonly desk: Desk;
  readonly lobby: Lobby;
  readonly nowMs: number;
}

function LobbyNotice({ desk, lobby, nowMs }: LobbyNoticeProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const { meetingId, title, entries, mayAdmit, admitters } = lobby;
  const [busy, setBusy] = useState(false);
  const { door } = desk.client;
  const me = desk.client.me.value?.name ?? '';
  const online = desk.client.status.value === 'online';
  /** Let in by somebody who is not there they would sit alone, and neither would know. */
  const offerToJoin = (text: string): void => {
    const call = desk.call.peek();
    if (call === null)
      desk.toasts.say(text, { action: { name: t('lobbyNotice.join'), run: () => void desk.join(meetingId) } });
    else if (call.session.state.peek().meetingId !== meetingId)
      desk.toasts.say(t('lobbyNotice.elsewhere', { text }), { lasts: true });
  };
  const decide = async (ask: () => Promise<Result<null>>, name?: string): Promise<void> => {
    if (busy || !online) return;
    setBusy(true);
    const result = await ask();
    setBusy(false);
    if (result.ok) return;
    const { refusal } = result;
    desk.toasts.say(decidedWords(texts, refusal, name === undefined ? null : { name, me }), { refusal });
  };
  const admitAll = (): Promise<void> =>
    decide(async () => {
      const result = await door.admitAll(meetingId, people);
      if (!result.ok) return result;
      const { letIn, leftOver } = result.value;
      if (leftOver > 0) desk.toasts.say(t('lobbyNotice.leftOver', { count: leftOver }), { lasts: true });
      const isAll = letIn === people.length;
      if (letIn > 0) offerToJoin(isAll ? t('lobbyNotice.letInAll') : t('lobbyNotice.letInSome', { count: letIn }));
      return accept(null);
    });
  const people = entries.filter(({ away }) => !away).map(({ person }) => person);
  const several = entries.length > 1 && mayAdmit;
  return (
    <section class="lobby-notice" aria-label={t('lobbyNotice.title', { title })}>
      <h2>{t('lobbyNotice.title', { title })}</h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.person} class="lobby-entry">
            <Avatar name={entry.name} />
            <div class="person-words">
              <p class="strong">{entry.name}</p>
              <p class="quiet">{whoWords(texts, entry)}</p>
              <p class="quiet">{sinceWords(texts, entry, nowMs - lobby.toldAtMs)}</p>
              {entry.away ? <p class="person-waiting">{t('lobbyNotice.away')}</p> : null}
            </div>
            {mayAdmit ? (
              <Decisions
                name={entry.name}
                away={entry.away}
                busy={busy || !online}
                onAdmit={() =>
                  void decide(async () => {
                    const result = await door.admit(meetingId, entry.person);
                    if (result.ok) offerToJoin(t('lobbyNotice.letIn', { name: entry.name }));
                    return result;
                  }, entry.name)
                }
                onDeny={() => void decide(() => door.deny(meetingId, entry.person), entry.name)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayAdmit ? null : <p class="quiet">{t('lobbyNotice.who', { names: nameList(admitters, language) })}</p>}
      {several ? (
        <div class="button-row">
          {lobby.kind === 'oneTime' ? null : (
            <button
              type="button"
              class="button button-accent-quiet"
              aria-disabled={busy || !online || people.length === 0}
              onClick={() => void admitAll()}
            >
              {t('lobbyNotice.admitAll')}
            </button>
          )}
          <button
            type="button"
            class="button"
            aria-disabled={busy || !online}
            onClick={() => void decide(() => door.denyAll(meetingId, personsOf(lobby)))}
          >
            {t('lobbyNotice.denyAll')}
          </button>
        </div>
      ) : null}
      {mayAdmit ? <p class="lobby-keys">{t('lobbyNotice.keys')}</p> : null}
    </section>
  );
}

interface DecisionsProps {
  readonly name: string;
  readonly away: boolean;
  readonly busy: boolean;
  readonly onAdmit: () => void;
  readonly onDeny: () => void;
}

function Decisions({ name, away, busy, onAdmit, onDeny }: DecisionsProps) {
  const { t } = useTexts();
  return (
    <div class="lobby-decisions">
      <button
        type="button"
        class="button button-accent"
        aria-label={t('lobbyNotice.admitNamed', { name })}
        aria-disabled={busy || away}
        title={away ? t('lobbyNotice.away') : undefined}
        onClick={away ? undefined : onAdmit}
      >
        {t('lobbyNotice.admit')}
      </button>
      <button
        type="button"
        class="button"
        aria-label={t('lobbyNotice.denyNamed', { name })}
        aria-disabled={busy}
        onClick={onDeny}
      >
        {t('lobbyNotice.deny')}
      </button>
    </div>
  );
}

const personsOf = (lobby: Lobby): readonly PersonKey[] => lobby.entries.map(({ person }) => person);
