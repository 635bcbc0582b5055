import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Participant } from '../../domain/call/state.ts';
import type { Box } from '../../ui/overlay/letterbox.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { AnnotationList } from '../call/annotation-list.tsx';
import type { DeskCall } from '../call/desk-call.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { whyNotEditing } from '../editing/availability.ts';
import { DrawingTools } from '../editing/drawing-tools.tsx';
import { editingAction } from '../editing/editing-keys.ts';
import { attachPen } from '../editing/pointer-pen.ts';
import { createStageHand, type StageHand } from '../editing/stage-hand.ts';
import { SnapshotTool } from '../snapshots/snapshot-views.tsx';
import { StageNotice } from './stage-notice.tsx';
import type { StageView } from './stage-view.ts';
import { usePictureBox, useStage } from './use-stage.ts';

interface StageProps {
  readonly desk: Desk;
  readonly call: DeskCall;
  readonly target: Participant;
  /** More tools, after those for drawing. */
  readonly children: ComponentChildren;
}

/** One person's picture with what is drawn over it, and the tools to draw. */
export function Stage({ desk, call, target, children }: StageProps) {
  const { t } = useTexts();
  const section = useRef<HTMLElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const refs = useMemo(() => ({ area, video, picture, overlay }), []);
  const view = useStage(call, target.person, refs);
  const box = usePictureBox(view, area);
  const frozen = call.editing.frozen.value;
  const isFreezing = view?.freezing.waiting.value ?? false;
  const snapshots = call.snapshotsOf(target.person);
  const usesSnapshots = snapshots.state.value.mode === 'on';
  const { name } = target;
  const block = whyNotEditing({
    status: desk.client.status.value,
    target,
    hasPicture: view?.live.hasPicture.value ?? false,
    wasPlaced: view?.live.wasPlaced.value ?? false,
    frozen: frozen !== null,
  });
  const blockText = block === null ? null : t(`block.${block}`, { name });
  const hand = useHand({ desk, call, view, block, blockText: (why) => t(`block.${why}`, { name }) });
  useInput({ hand, section: section.current, surface: surface.current });
  const shown = box !== null && (target.media.video !== 'off' || frozen !== null);
  return (
    <>
      <section
        class={`stage${frozen === null ? '' : ' stage-frozen'}${usesSnapshots ? ' stage-still' : ''}`}
        ref={section}
        aria-label={t('stage.label')}
      >
        <div class="stage-area" ref={area}>
          <video
            class="stage-video"
            ref={video}
            muted
            playsInline
            style={frozen === null ? placed(box) : {}}
            aria-label={t('stage.live')}
          />
          <div
            class="stage-picture"
            ref={surface}
            role="application"
            tabIndex={shown ? 0 : -1}
            hidden={!shown}
            style={placed(box)}
            aria-label={t(frozen === null ? 'stage.picture' : 'stage.frozenPicture', { name })}
            data-frozen-frame-id={frozen?.frame.frameId}
          >
            <canvas class="stage-canvas" ref={picture} />
            <canvas class="stage-canvas" ref={overlay} />
          </div>
          <StageNotice desk={desk} call={call} target={target} hasPicture={shown} />
          {isFreezing ? <p class="stage-edge">{t('editing.freezing')}</p> : null}
          {frozen === null ? null : <p class="stage-edge">{t(usesSnapshots ? 'snapshot.editing' : 'stage.editing')}</p>}
          <p class="visually-hidden" role="status">
            {isFreezing ? t('editing.freezing') : ''}
            {frozen === null ? '' : t(call.editing.draft.value === null ? 'stage.penUp' : 'stage.penDown')}
          </p>
        </div>
        <div class="bar">
          {blockText === null ? null : (
            <p class="bar-reason">
              <Icon name="info" size={16} />
              {blockText}
            </p>
          )}
          <SnapshotTool call={call} snapshots={snapshots} />
          <DrawingTools call={call} hand={hand} isFreezing={isFreezing} blockedBecause={blockText} />
          {children}
        </div>
      </section>
      <AnnotationList call={call} report={view?.tips.value ?? null} />
    </>
  );
}

const placed = (box: Box | null) =>
  box === null
    ? {}
    : { left: `${box.leftPx}px`, top: `${box.topPx}px`, width: `${box.widthPx}px`, height: `${box.heightPx}px` };

interface HandInput {
  readonly desk: Desk;
  readonly call: DeskCall;
  readonly view: StageView | null;
  readonly block: ReturnType<typeof whyNotEditing>;
  readonly blockText: (why: NonNullable<ReturnType<typeof whyNotEditing>>) => string;
}

/** One hand for as long as the view lives; it looks at the newest reason, not at the one of its birth. */
function useHand(input: HandInput): StageHand {
  const newest = useRef(input);
  newest.current = input;
  return useMemo(
    () =>
      createStageHand({
        editing: input.call.editing,
        blocked: () => newest.current.block,
        freezing: () => newest.current.view?.freezing ?? null,
        cursor: () => newest.current.view?.cursor.peek() ?? null,
        moveCursor: (to) => newest.current.view?.moveCursor(to),
        onBlocked: (why) => newest.current.desk.toasts.say(newest.current.blockText(why)),
      }),
    [input.call],
  );
}

interface InputTargets {
  readonly hand: StageHand;
  readonly section: HTMLElement | null;
  readonly surface: HTMLElement | null;
}

function useInput({ hand, section, surface }: InputTargets): void {
  useEffect(() => {
    if (section === null || surface === null) return;
    const detach = attachPen(surface, hand.pen);
    const onKey = (event: KeyboardEvent): void => {
      const action = editingAction(event);
      if (action === null) return;
      // Arrows and Enter belong to the picture; on a button they are the button's.
      if ((action.type === 'pen' || action.type === 'move') && event.target !== surface) return;
      event.preventDefault();
      hand.act(action);
    };
    section.addEventListener('keydown', onKey);
    return () => {
      section.removeEventListener('keydown', onKey);
      detach();
    };
  }, [hand, section, surface]);
}
