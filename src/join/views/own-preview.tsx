import { useMemo } from 'preact/hooks';
import type { DeviceChoice, DeviceEntry } from '../../client/media/device-choice.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { StreamVideo } from '../../ui/parts/stream-video.tsx';
import { ToolButton } from '../../ui/parts/tool-button.tsx';
import { useTexts } from '../join-texts.ts';

interface OwnProps {
  readonly own: OwnMedia;
  readonly choice: DeviceChoice;
}

/** One's own picture, and the two switches that matter. */
export function OwnPreview({ own, choice }: OwnProps) {
  const { t } = useTexts();
  return (
    <div class="preview">
      <OwnPicture own={own} choice={choice} />
      <fieldset class="tools" aria-label={t('call.tools')}>
        <OwnTools own={own} choice={choice} />
      </fieldset>
      <Problems own={own} />
    </div>
  );
}

function OwnPicture({ own, choice }: OwnProps) {
  const { t } = useTexts();
  const track = own.videoTrack.value;
  const stream = useMemo(() => (track === null ? null : new MediaStream([track])), [track]);
  if (stream === null) {
    return (
      <div class="preview-picture preview-empty">
        <Icon name="video-off" size={28} />
        <p>{t(own.startingVideo.value ? 'join.cameraStarting' : 'join.cameraOff')}</p>
        <p class="quiet">{t(cameraOffHint(choice))}</p>
      </div>
    );
  }
  return (
    <div class="preview-picture">
      <StreamVideo stream={stream} label={t('call.ownVideo')} mirrored={isMirrored(own, choice)} />
    </div>
  );
}

/** A phone is there to show something; who sits at a computer may have come to look. */
const cameraOffHint = ({ canTurn }: DeviceChoice) =>
  canTurn ? ('join.cameraOffHint' as const) : ('join.cameraOffDesktop' as const);

/** As in a mirror, for a camera that looks at its owner. */
export const isMirrored = (own: OwnMedia, choice: DeviceChoice): boolean =>
  own.media.value.video === 'camera' && choice.facing.value === 'user' && choice.camera.value === null;

export function OwnTools({ own, choice }: OwnProps) {
  const { t } = useTexts();
  const { audio, video } = own.media.value;
  const shows = video === 'camera';
  return (
    <>
      <ToolButton
        icon={audio ? 'mic' : 'mic-off'}
        label={t(audio ? 'tool.mute' : 'tool.unmute')}
        onClick={() => void own.setMuted(audio)}
      />
      <ToolButton
        icon={shows ? 'video' : 'video-off'}
        label={t(shows ? 'join.hideCamera' : 'join.showCamera')}
        tone={shows || !choice.canTurn ? 'plain' : 'accent'}
        onClick={() => void own.setVideo(shows ? 'off' : 'camera')}
      />
      {shows && choice.canTurn && choice.cameras.value.length > 1 ? (
        <ToolButton
          icon="sync"
          label={t('join.turnCamera')}
          onClick={() => {
            choice.turnCamera();
            void own.renewCamera();
          }}
        />
      ) : null}
    </>
  );
}

function Problems({ own }: Pick<OwnProps, 'own'>) {
  const { t } = useTexts();
  const camera = own.cameraProblem.value;
  const microphone = own.microphoneProblem.value;
  if (camera === 'none' && microphone === 'none') return null;
  return (
    <div class="refused-note" role="alert">
      {camera === 'none' ? null : <p>{t(`join.camera.${camera}`)}</p>}
      {microphone === 'none' ? null : <p>{t(`join.microphone.${microphone}`)}</p>}
    </div>
  );
}

/** Only where there is a choice. */
export function DeviceChoices({ own, choice }: OwnProps) {
  const { t } = useTexts();
  return (
    <div class="device-choices">
      <DeviceSelect
        label={t('join.camera')}
        entries={choice.cameras.value}
        chosen={choice.camera.value}
        onChoose={(id) => {
          choice.chooseCamera(id);
          void own.renewCamera();
        }}
      />
      <DeviceSelect
        label={t('join.microphone')}
        entries={choice.microphones.value}
        chosen={choice.microphone.value}
        onChoose={(id) => {
          choice.chooseMicrophone(id);
          void own.renewMicrophone();
        }}
      />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly entries: readonly DeviceEntry[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function DeviceSelect({ label, entries, chosen, onChoose }: SelectProps) {
  const { t } = useTexts();
  if (entries.length < 2) return null;
  return (
    <label>
      {label}
      <select
        class="field"
        value={chosen ?? entries[0]?.id ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {entries.map(({ id, label: name }, index) => (
          <option key={id} value={id}>
            {name === '' ? t('join.deviceUnnamed', { kind: label, number: index + 1 }) : name}
          </option>
        ))}
      </select>
    </label>
  );
}
