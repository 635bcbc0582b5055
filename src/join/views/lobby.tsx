import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { LobbyPlace } from '../../domain/meeting/lobby-view.ts';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { Frame } from './frame.tsx';
import { OwnPreview } from './own-preview.tsx';

interface LobbyProps {
  readonly join: Join;
  readonly choice: DeviceChoice;
  readonly place: LobbyPlace;
}

/** Waiting: each change of what stands here is read out. */
export function Lobby({ join, choice, place }: LobbyProps) {
  const { t } = useTexts();
  const { company, organizer } = join.course.value;
  const own = join.own.value;
  const away = join.status.value === 'reconnecting' || join.status.value === 'connecting';
  return (
    <Frame
      title={t('join.lobbyTitle')}
      actions={
        <button type="button" class="button button-large" onClick={() => void join.leaveLobby()}>
          {t('join.leave')}
        </button>
      }
    >
      <div class="lobby" role="status">
        <span class="lobby-pulse" aria-hidden="true" />
        <p class="lead">{t('join.lobby', { name: organizer ?? company ?? t('join.somebody') })}</p>
        <p class="quiet">{away ? t('join.lobbyOffline') : t('join.lobbyHint')}</p>
        {place.number > 1 ? <p class="quiet">{t('join.lobbyPlace', { count: place.number - 1 })}</p> : null}
      </div>
      {own === null ? null : <OwnPreview own={own} choice={choice} />}
    </Frame>
  );
}
