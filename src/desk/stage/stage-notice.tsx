import { wearsHeadset } from '../../domain/call/queries.ts';
import type { Participant } from '../../domain/call/state.ts';
import { surfaceOf } from '../../domain/still/surface.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { type LinkNotice, linkNotice, peerProblem } from '../../ui/stage/link-words.ts';
import type { DeskCall } from '../call/desk-call.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { progressWords, SnapshotChoice, SnapshotLabel } from '../snapshots/snapshot-views.tsx';

interface StageNoticeProps {
  readonly desk: Desk;
  readonly call: DeskCall;
  readonly target: Participant;
  readonly hasPicture: boolean;
}

/** What is wrong with the picture, over it; or why there is none, in its place. */
export function StageNotice({ desk, call, target, hasPicture }: StageNoticeProps) {
  const texts = useTexts();
  const snapshots = call.snapshotsOf(target.person).state.value;
  const notice = linkNotice(target, call.links.value.get(target.person) ?? null, texts);
  const isSnapshot = snapshots.mode === 'on' && snapshots.snapshot !== null;
  if (hasPicture && isSnapshot) return <SnapshotLabel desk={desk} target={target} state={snapshots} />;
  if (hasPicture) return <PictureNotice call={call} target={target} notice={notice} />;
  return (
    <div class="stage-empty" role="status">
      <Avatar name={target.name} large />
      <EmptyWords call={call} target={target} notice={notice} />
    </div>
  );
}

interface NoticeProps {
  readonly call: DeskCall;
  readonly target: Participant;
  readonly notice: LinkNotice | null;
}

function PictureNotice({ call, target, notice }: NoticeProps) {
  const texts = useTexts();
  if (notice === null || notice.kind === 'connecting') return null;
  const frozen = call.editing.frozen.value !== null;
  const snapshots = call.snapshotsOf(target.person).state.value;
  return (
    <div class={`stage-over${frozen ? ' stage-over-frozen' : ''}`} role="status">
      <p class="stage-alert">
        <Icon name={notice.kind === 'no-path' ? 'warning' : 'sync'} />
        {notice.text}
      </p>
      {notice.kind === 'no-path' && snapshots.mode === 'off' ? (
        <NoPathWords call={call} target={target} advice={notice.advice} />
      ) : null}
      {snapshots.mode === 'on' ? (
        <p class="stage-advice">
          {progressWords(snapshots, target.name, texts) ?? texts.t('snapshot.first', { name: target.name })}
        </p>
      ) : null}
    </div>
  );
}

interface NoPathProps {
  readonly call: DeskCall;
  readonly target: Participant;
  readonly advice: string;
}

/** What to tell the network's owner, and how to go on meanwhile. */
function NoPathWords({ call, target, advice }: NoPathProps) {
  const { t } = useTexts();
  const hasCamera = wearsHeadset(target);
  return (
    <>
      <p class="stage-advice">{advice}</p>
      <p class="stage-empty-hint">{t(hasCamera ? 'link.noPathSnapshots' : 'link.noPathMeanwhile')}</p>
      {hasCamera ? <SnapshotChoice call={call} snapshots={call.snapshotsOf(target.person)} /> : null}
    </>
  );
}

function EmptyWords({ call, target, notice }: NoticeProps) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = target;
  const snapshots = call.snapshotsOf(target.person).state.value;
  if (notice !== null && notice.kind !== 'no-path') return <p class="stage-empty-title">{notice.text}</p>;
  if (notice !== null && snapshots.mode === 'off') {
    return (
      <>
        <p class="stage-empty-title">{notice.text}</p>
        <NoPathWords call={call} target={target} advice={notice.advice} />
      </>
    );
  }
  if (target.media.video === 'off') {
    return (
      <>
        <p class="stage-empty-title">{t('stage.videoOff', { name })}</p>
        <p class="stage-empty-hint">
          {peerProblem(target, texts) ??
            t(surfaceOf(target) === 'still' ? 'stage.askForCamera' : 'stage.askForVideo', { name })}
        </p>
      </>
    );
  }
  if (snapshots.mode === 'off') return <p class="stage-empty-title">{t('stage.waiting', { name })}</p>;
  return (
    <>
      <p class="stage-empty-title">{t('snapshot.first', { name })}</p>
      <p class="stage-empty-hint">{progressWords(snapshots, name, texts)}</p>
    </>
  );
}
