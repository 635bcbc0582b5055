import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { Colour, ImageMark, ImagePoint, MarkShape } from '../../domain/annotation/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { surfaceOf } from '../../domain/still/surface.ts';
import type { StillReception } from '../../domain/still/telling.ts';
import { insidePicture } from '../overlay/letterbox.ts';
import { type Draft, extendDraft, finishDraft } from './draft.ts';
import type { FrozenPicture } from './frozen-picture.ts';
import { createRoomMarks, type WaitingMark } from './room-marks.ts';
import { createStillMarks } from './still-marks.ts';

/** What an expert does to a picture. Nothing here knows of the page: points are those of the picture. */
export interface EditingSession {
  readonly frozen: ReadonlySignal<FrozenPicture | null>;
  readonly tool: ReadonlySignal<MarkShape>;
  readonly colour: ReadonlySignal<Colour>;
  readonly draft: ReadonlySignal<Draft | null>;
  /** Own marks that were sent and are not placed yet, oldest first. */
  readonly waiting: ReadonlySignal<readonly WaitingMark[]>;
  /** Own marks on the frozen picture where they stay on it, oldest first. */
  readonly onStill: ReadonlySignal<readonly ImageMark[]>;
  /** How the owner of that picture took it; null where marks find their place in a room. */
  readonly reception: ReadonlySignal<StillReception | null>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canErase: ReadonlySignal<boolean>;
  /** Does nothing while a picture is frozen already. */
  freeze(picture: FrozenPicture): void;
  stop(): void;
  selectTool(tool: MarkShape): void;
  selectColour(colour: Colour): void;
  penDown(at: ImagePoint): void;
  penMove(to: ImagePoint): void;
  penUp(): void;
  /** Throws the stroke away. */
  penCancel(): void;
  undo(): void;
  eraseAll(): void;
  dispose(): void;
}

export interface EditingDeps {
  readonly me: PersonKey;
  readonly session: Pick<CallSession, 'state' | 'send' | 'onEvent' | 'sendRelay' | 'onRelay'>;
  /** A new identifier for a mark (UUID, lower case). */
  newId(): string;
  /** A command or a mark of one's own was refused. */
  onRefused(refusal: Refusal): void;
}

export function createEditingSession(deps: EditingDeps): EditingSession {
  const { me, session } = deps;
  const frozen = signal<FrozenPicture | null>(null);
  const tool = signal<MarkShape>('arrow');
  const colour = signal<Colour>('blue');
  const draft = signal<Draft | null>(null);
  const room = createRoomMarks(deps);
  const still = createStillMarks({ me, session, draft, onRefused: deps.onRefused });
  /** What Undo and Erase all are about. */
  const marks = computed(() => (frozen.value?.on === 'still' ? still : room));

  function freeze(picture: FrozenPicture): void {
    if (frozen.value !== null) return;
    frozen.value = picture;
    // Only the picture that was refused goes: the expert may have frozen another meanwhile.
    const onRefused = (): void => {
      if (frozen.value === picture) leavePicture();
    };
    if (picture.on === 'still') still.begin(picture, onRefused);
    else room.begin(picture, onRefused);
  }

  /** @returns what was frozen */
  function leavePicture(): FrozenPicture | null {
    const picture = frozen.value;
    penCancel();
    frozen.value = null;
    if (picture?.on === 'still') still.end();
    return picture;
  }

  function stop(): void {
    if (leavePicture()?.on === 'room') room.end();
  }

  function penDown(at: ImagePoint): void {
    if (frozen.value === null || draft.value !== null) return;
    const points = [insidePicture(at)];
    draft.value = { markId: deps.newId(), shape: tool.value, colour: colour.value, points };
  }

  function penMove(to: ImagePoint): void {
    if (frozen.value === null || draft.value === null) return;
    draft.value = extendDraft(draft.value, to, frozen.value);
  }

  function penUp(): void {
    const stroke = draft.value;
    const picture = frozen.value;
    if (stroke === null || picture === null) return;
    const mark = finishDraft(stroke, picture);
    // Together: nobody sees a moment without the stroke.
    batch(() => {
      draft.value = null;
      if (picture.on === 'still') still.add(mark);
      else room.add(stroke.markId, mark, picture);
    });
  }

  function penCancel(): void {
    draft.value = null;
  }

  const stopWatching = effect(() => {
    const picture = frozen.value;
    const { phase, participants } = session.state.value;
    if (picture === null) return;
    if (phase === 'ended') leavePicture();
    else if (surfaceOf(participants[picture.target]) !== picture.on) stop();
  });

  return {
    frozen,
    tool,
    colour,
    draft,
    waiting: room.waiting,
    onStill: still.drawn,
    reception: still.reception,
    canUndo: computed(() => marks.value.canUndo.value),
    canErase: computed(() => marks.value.canErase.value),
    freeze,
    stop,
    selectTool: (next) => {
      penCancel();
      tool.value = next;
    },
    selectColour: (next) => {
      colour.value = next;
    },
    penDown,
    penMove,
    penUp,
    penCancel,
    undo: () => marks.peek().undo(),
    eraseAll: () => marks.peek().eraseAll(),
    dispose: () => {
      stopWatching();
      room.dispose();
      still.dispose();
    },
  };
}
