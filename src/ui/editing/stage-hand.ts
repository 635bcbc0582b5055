import type { ImagePoint } from '../../domain/annotation/types.ts';
import { insidePicture } from '../overlay/letterbox.ts';
import type { EditingBlock } from './availability.ts';
import type { EditingAction } from './editing-keys.ts';
import { STEP } from './editing-keys.ts';
import type { EditingSession } from './editing-session.ts';
import type { Freezing } from './freezing.ts';
import type { PenEvents } from './pointer-pen.ts';

/** What pointer and keys do on the stage, one hand for both. */
export interface StageHand {
  readonly pen: PenEvents;
  act(action: EditingAction): void;
}

export interface StageHandDeps {
  readonly editing: EditingSession;
  /** Why nothing can be drawn now. */
  blocked(): EditingBlock | null;
  /** Of the picture on stage; null while there is none. */
  freezing(): Freezing | null;
  cursor(): ImagePoint | null;
  moveCursor(to: ImagePoint | null): void;
  onBlocked(why: EditingBlock): void;
}

const MIDDLE: ImagePoint = [0.5, 0.5];
/** A press that freezes the picture becomes a stroke only beyond this, of the picture's width: a hand trembles. */
const TREMBLE = 0.008;

export function createStageHand(deps: StageHandDeps): StageHand {
  const { editing } = deps;
  /** Where the press began that froze the picture, until it turns out to be a stroke. */
  let froze: ImagePoint | null = null;

  /** Whether there is a frozen picture to draw on, now or in a moment. */
  function ensureFrozen(): 'frozen' | 'waiting' | 'blocked' {
    const why = deps.blocked();
    if (why !== null) {
      deps.onBlocked(why);
      return 'blocked';
    }
    if (editing.frozen.value !== null) return 'frozen';
    return deps.freezing()?.begin({ blocked: deps.blocked, onGivenUp: deps.onBlocked }) ?? 'blocked';
  }

  /** Calls off a freeze that has not come; false when none is on its way. */
  function callOff(): boolean {
    const freezing = deps.freezing();
    if (freezing === null || !freezing.waiting.value) return false;
    freezing.cancel();
    return true;
  }

  const pen: PenEvents = {
    down(at) {
      const isLive = editing.frozen.value === null;
      // The press was meant for a picture that is not the one about to be frozen: it draws nothing.
      if (ensureFrozen() !== 'frozen') return false;
      froze = isLive ? at : null;
      editing.penDown(at);
      return true;
    },
    move(to) {
      if (froze !== null && Math.hypot(to[0] - froze[0], to[1] - froze[1]) > TREMBLE) froze = null;
      editing.penMove(to);
    },
    up() {
      // A click on the live picture only freezes it: the next one draws.
      if (froze === null) editing.penUp();
      else editing.penCancel();
      froze = null;
    },
    cancel() {
      froze = null;
      editing.penCancel();
    },
  };

  function togglePen(): void {
    if (editing.draft.value !== null) {
      editing.penUp();
      return;
    }
    const isLive = editing.frozen.value === null;
    if (ensureFrozen() === 'blocked') return;
    const at = deps.cursor() ?? MIDDLE;
    deps.moveCursor(at);
    if (!isLive) editing.penDown(at);
  }

  function act(action: EditingAction): void {
    switch (action.type) {
      case 'toggleEditing':
        if (editing.frozen.value !== null) editing.stop();
        else if (!callOff()) ensureFrozen();
        return;
      case 'tool':
        if (ensureFrozen() !== 'blocked') editing.selectTool(action.tool);
        return;
      case 'colour':
        editing.selectColour(action.colour);
        return;
      case 'undo':
        if (editing.canUndo.value) editing.undo();
        return;
      case 'eraseAll':
        if (editing.canErase.value) editing.eraseAll();
        return;
      case 'escape':
        if (editing.draft.value !== null) editing.penCancel();
        else if (!callOff()) editing.stop();
        return;
      case 'pen':
        togglePen();
        return;
      case 'move': {
        if (editing.frozen.value === null) return;
        const [u, v] = deps.cursor() ?? MIDDLE;
        const to = insidePicture([u + action.right * STEP, v + action.down * STEP]);
        deps.moveCursor(to);
        editing.penMove(to);
        return;
      }
    }
  }

  return { pen, act };
}
