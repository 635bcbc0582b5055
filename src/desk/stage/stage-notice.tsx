import type { Participant } from '../../domain/call/state.ts';
import type { DeskCall } from '../call/desk-call.ts';
import { linkNotice, peerProblem } from '../call/link-words.ts';
import { useTexts } from '../desk-texts.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';

interface StageNoticeProps {
  readonly call: DeskCall;
  readonly target: Participant;
  readonly hasPicture: boolean;
}

/** What is wrong with the picture, over it; or why there is none, in its place. */
export function StageNotice({ call, target, hasPicture }: StageNoticeProps) {
  const texts = useTexts();
  const { t } = texts;
  const notice = linkNotice(target, call.links.value.get(target.person) ?? null, texts);
  if (hasPicture) {
    const frozen = call.editing.frozen.value !== null;
    if (notice === null || notice.kind === 'connecting') return null;
    return (
      <div class={`stage-over${frozen ? ' stage-over-frozen' : ''}`} role="status">
        <p class="stage-alert">
          <Icon name={notice.kind === 'no-path' ? 'warning' : 'sync'} />
          {notice.text}
        </p>
        {notice.kind === 'no-path' ? <p class="stage-advice">{notice.advice}</p> : null}
      </div>
    );
  }
  return (
    <div class="stage-empty" role="status">
      <Avatar name={target.name} large />
      {notice?.kind === 'no-path' ? (
        <>
          <p class="stage-empty-title">{notice.text}</p>
          <p class="stage-empty-hint">{notice.advice}</p>
          <p class="stage-empty-hint">{t('link.noPathMeanwhile')}</p>
        </>
      ) : (
        <EmptyWords target={target} notice={notice?.text ?? null} />
      )}
    </div>
  );
}

function EmptyWords({ target, notice }: { readonly target: Participant; readonly notice: string | null }) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = target;
  if (notice !== null) return <p class="stage-empty-title">{notice}</p>;
  if (target.media.video !== 'off') return <p class="stage-empty-title">{t('stage.waiting', { name })}</p>;
  return (
    <>
      <p class="stage-empty-title">{t('stage.videoOff', { name })}</p>
      <p class="stage-empty-hint">{peerProblem(target, texts) ?? t('stage.askForVideo', { name })}</p>
    </>
  );
}
