import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { DeviceChoice } from '../../client/media/device-choice.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { DeviceKind, Participant, PersonKey } from '../../domain/call/state.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { StreamVideo } from '../../ui/parts/stream-video.tsx';
import { linkNotice, peerProblem } from '../../ui/stage/link-words.ts';
import { StagePicture } from '../../ui/stage/stage-picture.tsx';
import { useTexts } from '../join-texts.ts';
import { isMirrored } from '../views/own-preview.tsx';
import type { JoinCall } from './join-call.ts';
import { whyNot } from './limits.ts';
import { mainPicture } from './main-picture.ts';
import { StillView } from './still-view.tsx';
import type { Still } from './stills.ts';

interface MainAreaProps {
  readonly call: JoinCall;
  readonly choice: DeviceChoice;
  readonly kind: DeviceKind;
  readonly onSay: (text: string) => void;
  /** The tools below. */
  readonly children: ComponentChildren;
}

/** The large picture, the small ones beside it, and the tools. */
export function MainArea({ call, choice, kind, onSay, children }: MainAreaProps) {
  const { t } = useTexts();
  const [chosen, choose] = useState<PersonKey | null>(null);
  const state = call.session.state.value;
  // Whoever draws keeps the picture that they draw on.
  const frozen = call.stage.editing.frozen.value;
  const still = frozen === null ? call.stills.current.value : null;
  const showsOwn = call.own.media.value.video !== 'off';
  const main = mainPicture(state, { me: call.me, showsOwn, chosen: frozen?.target ?? chosen });
  const large = still !== null || main.kind === 'own' ? call.me : main.participant.person;
  const code = whyNot('annotate', call.part, kind);
  return (
    <>
      <div class="main-area">
        {main.kind === 'own' ? (
          <OwnLarge call={call} choice={choice} isBehind={still !== null} />
        ) : still !== null ? null : (
          <StagePicture
            key={main.participant.person}
            call={call.stage}
            target={main.participant}
            status={call.client.status.value}
            mayNotDraw={code === null ? null : t(`refusal.${code}`)}
            notice={(hasPicture) => <Notice call={call} target={main.participant} hasPicture={hasPicture} />}
            onBlocked={onSay}
          >
            {null}
          </StagePicture>
        )}
        {still === null ? null : <Frozen call={call} still={still} />}
        <Tiles call={call} choice={choice} large={large} onChoose={choose} />
      </div>
      <div class="bar">{children}</div>
    </>
  );
}

/** The marks stand on the picture that they were drawn on, never on the live one. */
function Frozen({ call, still }: { readonly call: JoinCall; readonly still: Still }) {
  const { t } = useTexts();
  const name = call.session.state.value.participants[still.from]?.name ?? '';
  return (
    <div class="large large-frozen">
      <StillView call={call} still={still} />
      <div class="large-edge">
        <p role="status">{t('join.frozen', { name })}</p>
        <button type="button" class="button" onClick={call.stills.dismiss}>
          <Icon name="video" />
          {t('join.backToLive')}
        </button>
      </div>
    </div>
  );
}

interface OwnLargeProps extends Pick<MainAreaProps, 'call' | 'choice'> {
  /** Goes on unseen, so that it is there at once when the frozen picture goes. */
  readonly isBehind: boolean;
}

function OwnLarge({ call, choice, isBehind }: OwnLargeProps) {
  const { t } = useTexts();
  const { own } = call;
  const track = own.videoTrack.value;
  const stream = useMemo(() => (track === null ? null : new MediaStream([track])), [track]);
  const problem = own.cameraProblem.value;
  const [other] = call.others.value;
  const label = other === undefined ? t('join.ownPictureAlone') : t('join.ownPicture', { name: other.name });
  if (stream === null) {
    return (
      <div class={`large large-empty${isBehind ? ' large-behind' : ''}`}>
        <Icon name="video-off" size={28} />
        <p class="stage-empty-title">{t(own.startingVideo.value ? 'join.cameraStarting' : 'join.cameraOff')}</p>
        <p class="stage-empty-hint">
          {problem === 'none' ? t(cameraOffHint(choice, other !== undefined)) : t(`media.${problem}`)}
        </p>
      </div>
    );
  }
  return (
    <div class={`large${isBehind ? ' large-behind' : ''}`}>
      <StreamVideo stream={stream} label={label} mirrored={isMirrored(own, choice)} />
    </div>
  );
}

const cameraOffHint = ({ canTurn }: DeviceChoice, isSeen: boolean) => {
  if (!isSeen) return 'join.cameraOffAlone';
  return canTurn ? 'join.cameraOffHint' : 'join.cameraOffCall';
};

interface NoticeProps {
  readonly call: JoinCall;
  readonly target: Participant;
  readonly hasPicture: boolean;
}

/** What is wrong with somebody's picture, over it or in its place. */
function Notice({ call, target, hasPicture }: NoticeProps) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = target;
  const notice = linkNotice(target, call.links.value.get(target.person) ?? null, texts);
  if (hasPicture) {
    return notice === null || notice.kind === 'connecting' ? null : (
      <div class="stage-over" role="status">
        <p class="stage-alert">
          <Icon name="warning" />
          {notice.text}
        </p>
      </div>
    );
  }
  const off = target.media.video === 'off';
  return (
    <div class="stage-empty" role="status">
      <Avatar name={name} large />
      <p class="stage-empty-title">{notice?.text ?? t(off ? 'stage.videoOff' : 'stage.waiting', { name })}</p>
      <p class="stage-empty-hint">{notice?.kind === 'no-path' ? notice.advice : peerProblem(target, texts)}</p>
    </div>
  );
}

interface TilesProps extends Pick<MainAreaProps, 'call' | 'choice'> {
  readonly large: PersonKey;
  readonly onChoose: (person: PersonKey) => void;
}

/** Everybody who is not large, by name; who shows a picture with it. */
function Tiles({ call, choice, large, onChoose }: TilesProps) {
  const { t } = useTexts();
  const { own } = call;
  const track = own.videoTrack.value;
  const stream = useMemo(() => (track === null ? null : new MediaStream([track])), [track]);
  return (
    <ul class="tiles" aria-label={t('call.people')}>
      {call.others.value
        .filter((one) => isIn(one) && one.person !== large)
        .map((one) => (
          <OtherTile key={one.person} call={call} participant={one} onChoose={onChoose} />
        ))}
      {large === call.me || stream === null ? null : (
        <li class="small-tile">
          <button type="button" aria-label={t('join.showOwnLarge')} onClick={() => onChoose(call.me)}>
            <StreamVideo stream={stream} label={t('call.ownVideo')} mirrored={isMirrored(own, choice)} />
          </button>
        </li>
      )}
    </ul>
  );
}

interface OtherTileProps extends Pick<TilesProps, 'call' | 'onChoose'> {
  readonly participant: Participant;
}

function OtherTile({ call, participant, onChoose }: OtherTileProps) {
  const texts = useTexts();
  const { t } = texts;
  const { name, person, media } = participant;
  const link = call.links.value.get(person) ?? null;
  const notice = linkNotice(participant, link, texts);
  const words = notice?.text ?? (media.audio ? name : t('person.muted', { name }));
  return (
    <li class="small-tile">
      {media.video === 'off' ? (
        <Avatar name={name} />
      ) : (
        <button type="button" aria-label={t('join.showLarge', { name })} onClick={() => onChoose(person)}>
          <StreamVideo stream={link?.remoteVideo.value ?? null} label={t('call.participantVideo', { name })} />
        </button>
      )}
      <p class="small-tile-name">{words}</p>
    </li>
  );
}
