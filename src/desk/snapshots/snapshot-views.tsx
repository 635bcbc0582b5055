import type { Participant } from '../../domain/call/state.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { ToolButton } from '../../ui/parts/tool-button.tsx';
import type { DeskCall } from '../call/desk-call.ts';
import type { Desk } from '../desk.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';
import type { SnapshotState } from './snapshot-state.ts';
import type { Snapshots } from './snapshots.ts';

interface ChoiceProps {
  readonly call: DeskCall;
  readonly snapshots: Snapshots;
}

/** Where there is no path for video: go on without it, or don't. */
export function SnapshotChoice({ call, snapshots }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <div class="stage-choice">
      <button type="button" class="button button-accent" onClick={snapshots.use}>
        <Icon name="camera" />
        {t('snapshot.use')}
      </button>
      <button type="button" class="button button-danger" onClick={() => call.end()}>
        <Icon name="end-call" />
        {t('tool.endCall')}
      </button>
    </div>
  );
}

/** The tool that asks for one; only while snapshots are in use. */
export function SnapshotTool({ call, snapshots }: ChoiceProps) {
  const { t } = useTexts();
  const state = snapshots.state.value;
  if (state.mode === 'off') return null;
  return (
    <fieldset class="tools" aria-label={t('snapshot.tools')}>
      <ToolButton
        icon="camera"
        label={t('snapshot.take')}
        tone="accent"
        hint={state.asking ? t('snapshot.asking') : undefined}
        disabled={state.asking}
        onClick={() => {
          call.editing.stop();
          snapshots.ask();
        }}
      />
    </fieldset>
  );
}

interface LabelProps {
  readonly desk: Desk;
  readonly target: Participant;
  readonly state: SnapshotState;
}

/** Over the picture: that it is a snapshot, how old, and what has become of the next one. */
export function SnapshotLabel({ desk, target, state }: LabelProps) {
  const texts = useTexts();
  if (state.mode === 'off') return null;
  const takenAtMs = state.snapshot?.takenAtMs;
  const progress = progressWords(state, target.name, texts);
  return (
    <div class="stage-snapshot" role="status">
      {takenAtMs === undefined ? null : (
        <p>
          <Icon name="camera" size={16} />
          {texts.t('snapshot.takenAt', { time: timeOf(takenAtMs - desk.client.clockOffsetMs.value, texts) })}
        </p>
      )}
      {progress === null ? null : <p>{progress}</p>}
    </div>
  );
}

/** What has become of the snapshot that was asked for; null when there is nothing to say. */
export function progressWords(state: SnapshotState, name: string, { t }: DeskTexts): string | null {
  if (state.mode === 'off') return null;
  if (state.asking) return t('snapshot.asking');
  return state.failure === null ? null : t(`snapshot.${state.failure}`, { name });
}

const timeOf = (timeMs: number, { language }: DeskTexts): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(timeMs);
