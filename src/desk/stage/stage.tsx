import type { ComponentChildren } from 'preact';
import type { Participant } from '../../domain/call/state.ts';
import { StagePicture } from '../../ui/stage/stage-picture.tsx';
import type { DeskCall } from '../call/desk-call.ts';
import type { Desk } from '../desk.ts';
import { SnapshotTool } from '../snapshots/snapshot-views.tsx';
import { StageNotice } from './stage-notice.tsx';

interface StageProps {
  readonly desk: Desk;
  readonly call: DeskCall;
  readonly target: Participant;
  /** More tools, after those for drawing. */
  readonly children: ComponentChildren;
}

/** The desk's stage: with snapshots, and with notes in the corner. */
export function Stage({ desk, call, target, children }: StageProps) {
  return (
    <StagePicture
      call={call}
      target={target}
      status={desk.client.status.value}
      notice={(hasPicture) => <StageNotice desk={desk} call={call} target={target} hasPicture={hasPicture} />}
      toolsBefore={<SnapshotTool call={call} snapshots={call.snapshotsOf(target.person)} />}
      onBlocked={desk.toasts.say}
    >
      {children}
    </StagePicture>
  );
}
