import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { lobbyLines } from '../step-words.ts';
import { isAway } from './announcer.tsx';
import { Frame } from './frame.tsx';
import { OwnPreview } from './own-preview.tsx';

interface LobbyProps {
  readonly join: Join;
  readonly choice: DeviceChoice;
}

/** Waiting: each change of what stands here is read out by the page's announcer. */
export function Lobby({ join, choice }: LobbyProps) {
  const { t } = useTexts();
  const own = join.own.value;
  const [lead, ...more] = lobbyLines(join.course.value, isAway(join), t);
  return (
    <Frame
      title={t('join.lobbyTitle')}
      actions={
        <button type="button" class="button button-large" onClick={() => void join.leaveLobby()}>
          {t('join.leave')}
        </button>
      }
    >
      <div class="lobby">
        <span class="lobby-pulse" aria-hidden="true" />
        <p class="lead">{lead}</p>
        {more.map((line) => (
          <p key={line} class="quiet">
            {line}
          </p>
        ))}
      </div>
      {own === null ? null : <OwnPreview own={own} choice={choice} />}
    </Frame>
  );
}
