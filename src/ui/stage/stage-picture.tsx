import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ConnectionStatus } from '../../client/types.ts';
import type { Participant } from '../../domain/call/state.ts';
import { type EditingBlock, whyNotEditing } from '../editing/availability.ts';
import { DrawingTools } from '../editing/drawing-tools.tsx';
import { editingAction } from '../editing/editing-keys.ts';
import { attachPen } from '../editing/pointer-pen.ts';
import { createStageHand, type StageHand } from '../editing/stage-hand.ts';
import type { Box } from '../overlay/letterbox.ts';
import { Icon } from '../parts/icon.tsx';
import { useCallTexts } from '../text/call-texts.ts';
import { AnnotationList } from './annotation-list.tsx';
import type { StageCall } from './stage-call.ts';
import type { StageView } from './stage-view.ts';
import { usePictureBox, useStage } from './use-stage.ts';

export interface StagePictureProps {
  readonly call: StageCall;
  readonly target: Participant;
  readonly status: ConnectionStatus;
  /** Why this person may never draw here, in words; null where they may. */
  readonly mayNotDraw?: string | null;
  /** Over the picture, or in its place. */
  readonly notice: (hasPicture: boolean) => ComponentChildren;
  /** Before the tools for drawing. */
  readonly toolsBefore?: ComponentChildren;
  /** Why a stroke did not begin. */
  readonly onBlocked: (text: string) => void;
  /** More tools, after those for drawing. */
  readonly children: ComponentChildren;
}

/** One person's picture with what is drawn over it, and the tools to draw. */
export function StagePicture(props: StagePictureProps) {
  const { call, target, mayNotDraw = null, notice, toolsBefore, children } = props;
  const { t } = useCallTexts();
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
  const usesSnapshots = call.snapshotsOf(target.person).state.value.mode === 'on';
  const { name } = target;
  const block = whyNotEditing({
    status: props.status,
    target,
    hasPicture: view?.live.hasPicture.value ?? false,
    wasPlaced: view?.live.wasPlaced.value ?? false,
    isSnapshot: usesSnapshots,
    frozen: frozen !== null,
  });
  const blockWords = (why: EditingBlock): string => mayNotDraw ?? t(`block.${why}`, { name });
  const blockText = mayNotDraw ?? (block === null ? null : blockWords(block));
  const isBlocked = (): EditingBlock | null => (mayNotDraw === null ? block : (block ?? 'no-headset'));
  const hand = useHand({ call, view, isBlocked, onBlocked: (why) => props.onBlocked(blockWords(why)) });
  useInput({ hand, section: section.current, surface: surface.current });
  const shown = box !== null && (target.media.video !== 'off' || frozen !== null);
  return (
    <>
      <section
        class={`stage${frozen === null ? '' : ' stage-frozen'}${usesSnapshots ? ' stage-still' : ''}${target.media.video === 'off' ? ' stage-no-live' : ''}`}
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
            data-frozen-frame-id={frozen?.on === 'room' ? frozen.frame.frameId : undefined}
            data-still-id={frozen?.on === 'still' ? frozen.stillId : undefined}
          >
            <canvas class="stage-canvas" ref={picture} />
            <canvas class="stage-canvas" ref={overlay} />
          </div>
          {notice(shown)}
          {isFreezing ? <p class="stage-edge">{t('editing.freezing')}</p> : null}
          {frozen === null ? null : <EditingWords call={call} target={target} usesSnapshots={usesSnapshots} />}
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
          {toolsBefore}
          <DrawingTools call={call} hand={hand} isFreezing={isFreezing} blockedBecause={blockText} />
          {children}
        </div>
      </section>
      <AnnotationList call={call} report={view?.tips.value ?? null} />
    </>
  );
}

interface EditingWordsProps {
  readonly call: StageCall;
  readonly target: Participant;
  readonly usesSnapshots: boolean;
}

/** What is being edited; and where marks are shown to the picture's owner, whether that one sees them. */
function EditingWords({ call, target, usesSnapshots }: EditingWordsProps) {
  const { t } = useCallTexts();
  const { name } = target;
  const live = target.media.video === 'off' ? 'stage.editingAlone' : 'stage.editing';
  const reception = call.editing.reception.value;
  return (
    <p class="stage-edge" role="status">
      {t(usesSnapshots ? 'snapshot.editing' : live, { name })}
      {reception === null ? null : <span class="stage-edge-more">{t(`still.${reception}`, { name })}</span>}
    </p>
  );
}

const placed = (box: Box | null) =>
  box === null
    ? {}
    : { left: `${box.leftPx}px`, top: `${box.topPx}px`, width: `${box.widthPx}px`, height: `${box.heightPx}px` };

interface HandInput {
  readonly call: StageCall;
  readonly view: StageView | null;
  readonly isBlocked: () => EditingBlock | null;
  readonly onBlocked: (why: EditingBlock) => void;
}

/** One hand for as long as the view lives; it looks at the newest reason, not at the one of its birth. */
function useHand(input: HandInput): StageHand {
  const newest = useRef(input);
  newest.current = input;
  return useMemo(
    () =>
      createStageHand({
        editing: input.call.editing,
        blocked: () => newest.current.isBlocked(),
        freezing: () => newest.current.view?.freezing ?? null,
        cursor: () => newest.current.view?.cursor.peek() ?? null,
        moveCursor: (to) => newest.current.view?.moveCursor(to),
        onBlocked: (why) => newest.current.onBlocked(why),
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
