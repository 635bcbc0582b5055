import { useMemo } from 'preact/hooks';
import { mayCallOff } from '../../client/call/adding.ts';
import type { MediaLink } from '../../client/types.ts';
import type { Participant } from '../../domain/call/state.ts';
import { strangeness } from '../../domain/meeting/anonymous.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { StreamVideo } from '../../ui/parts/stream-video.tsx';
import { linkNotice, peerProblem } from '../../ui/stage/link-words.ts';
import { QualityMeter } from '../../ui/stage/quality-meter.tsx';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { AddPeople } from './add-people.tsx';
import type { DeskCall } from './desk-call.ts';

export function PeoplePanel({ desk, call }: { readonly desk: Desk; readonly call: DeskCall }) {
  const { t } = useTexts();
  const others = call.others.value;
  const state = call.session.state.value;
  const self = state.participants[call.me];
  return (
    <section class="people" aria-labelledby="people-title">
      <h2 id="people-title" class="list-title">
        {t('call.people')}
      </h2>
      <ul>
        {others.map((participant) => (
          <PersonItem key={participant.person} call={call} participant={participant} />
        ))}
        {self === undefined ? null : <OwnItem call={call} name={self.name} />}
      </ul>
      {others.length === 0 ? <p class="list-note">{t('call.alone')}</p> : null}
      <AddPeople desk={desk} call={call} />
    </section>
  );
}

function PersonItem({ call, participant }: { readonly call: DeskCall; readonly participant: Participant }) {
  const texts = useTexts();
  const { t } = texts;
  const { name, person, media, device } = participant;
  const link = call.links.value.get(person) ?? null;
  const onStage = call.onStage.value?.person === person;
  const editing = call.session.state.value.editing[person] !== undefined;
  const notice = linkNotice(participant, link, texts);
  const problem = notice?.text ?? peerProblem(participant, texts);
  const strange = strangeness(person, call.me);
  const lines = [
    strange === null ? null : t(`participant.${strange}`),
    device === null ? null : t(`call.${device.kind}`),
    participant.state === 'ringing' ? t('call.ringingPerson') : null,
    participant.state !== 'ringing' && !media.audio ? t('call.muted') : null,
    media.video === 'screen' ? t('call.sharing') : null,
    editing ? t('stage.otherEditing', { name }) : null,
  ].filter((line) => line !== null);
  return (
    <li class={`person${onStage ? ' person-on-stage' : ''}`}>
      <div class="person-row">
        <Avatar name={name} />
        <div class="person-words">
          <p class="strong">{name}</p>
          <p class={participant.state === 'ringing' ? 'person-waiting' : 'quiet'}>{lines.join(' · ')}</p>
        </div>
        {link === null ? null : <QualityMeter name={name} link={link} />}
        {mayCallOff(call.session.state.value, call.me, person) ? (
          <button
            type="button"
            class="button person-stop"
            aria-label={t('add.stop', { name })}
            onClick={() => void call.session.send({ type: 'callOff', person })}
          >
            {t('call.stopRinging')}
          </button>
        ) : null}
      </div>
      {problem === null ? null : (
        <p class="person-problem">
          <Icon name="warning" size={16} />
          {problem}
        </p>
      )}
      {!onStage && link !== null && media.video !== 'off' ? (
        <Tile call={call} participant={participant} link={link} />
      ) : null}
    </li>
  );
}

interface TileProps {
  readonly call: DeskCall;
  readonly participant: Participant;
  readonly link: MediaLink;
}

function Tile({ call, participant, link }: TileProps) {
  const { t } = useTexts();
  const { name, person } = participant;
  return (
    <div class="tile">
      <StreamVideo stream={link.remoteVideo.value} label={t('call.participantVideo', { name })} />
      <button type="button" class="button tile-action" onClick={() => call.putOnStage(person)}>
        {t('call.showOnStage', { name })}
      </button>
    </div>
  );
}

function OwnItem({ call, name }: { readonly call: DeskCall; readonly name: string }) {
  const { t } = useTexts();
  const track = call.own.videoTrack.value;
  const stream = useMemo(() => (track === null ? null : new MediaStream([track])), [track]);
  const { audio, video } = call.own.media.value;
  const lines = [audio ? null : t('call.muted'), video === 'screen' ? t('call.sharing') : null].filter(
    (line) => line !== null,
  );
  return (
    <li class="person">
      <div class="person-row">
        <Avatar name={name} />
        <div class="person-words">
          <p class="strong">{t('call.you', { name })}</p>
          <p class="quiet">{lines.join(' · ')}</p>
        </div>
      </div>
      {stream === null ? null : (
        <div class="tile">
          <StreamVideo stream={stream} label={t('call.ownVideo')} mirrored={video === 'camera'} />
        </div>
      )}
    </li>
  );
}
