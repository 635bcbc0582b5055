import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { Colour, FrameRef, ImageMark, ImagePoint, MarkShape } from '../../domain/annotation/types.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import { isIn, visibleAnnotations } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { insidePicture } from '../overlay/letterbox.ts';
import { type Draft, extendDraft, finishDraft, type PictureSize } from './draft.ts';

/** A frozen picture: whose, which frame, and how large it is. */
export interface FrozenPicture extends PictureSize {
  readonly target: PersonKey;
  readonly frame: FrameRef;
}

/** A mark of one's own that has no place in the room yet. */
export interface WaitingMark {
  readonly markId: string;
  readonly frame: FrameRef;
  readonly mark: ImageMark;
}

/** What an expert does to a picture. Nothing here knows of the page: points are those of the picture. */
export interface EditingSession {
  readonly frozen: ReadonlySignal<FrozenPicture | null>;
  readonly tool: ReadonlySignal<MarkShape>;
  readonly colour: ReadonlySignal<Colour>;
  readonly draft: ReadonlySignal<Draft | null>;
  /** Own marks that were sent and are not placed yet, oldest first. */
  readonly waiting: ReadonlySignal<readonly WaitingMark[]>;
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
  readonly session: Pick<CallSession, 'state' | 'send' | 'onEvent'>;
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
  /** Sent, and not heard of since. */
  const sending = signal<readonly WaitingMark[]>([]);
  const pendingOwn = computed(() => Object.values(session.state.value.pendingMarks).filter((one) => one.author === me));
  const waiting = computed<readonly WaitingMark[]>(() => [...pendingOwn.value, ...sending.value]);

  async function send(command: CallCommand): Promise<boolean> {
    const result = await session.send(command);
    if (!result.ok) deps.onRefused(result.refusal);
    return result.ok;
  }

  const forget = (markId: string): void => {
    if (sending.value.some((one) => one.markId === markId)) {
      sending.value = sending.value.filter((one) => one.markId !== markId);
    }
  };

  const stopListening = session.onEvent(({ event }) => {
    if (event.type === 'marked') forget(event.markId);
    if (event.type === 'markRefused' && event.author === me) deps.onRefused({ code: event.code });
  });

  function freeze(picture: FrozenPicture): void {
    if (frozen.value !== null) return;
    frozen.value = picture;
    const { target, frame } = picture;
    void send({ type: 'startEditing', target, frame }).then((accepted) => {
      // Only the picture that was refused goes: the expert may have frozen another meanwhile.
      if (!accepted && frozen.value === picture) leavePicture();
    });
  }

  function leavePicture(): void {
    penCancel();
    frozen.value = null;
  }

  function stop(): void {
    if (frozen.value === null) return;
    leavePicture();
    void send({ type: 'stopEditing' });
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
    draft.value = null;
    const { target, frame } = picture;
    const { markId } = stroke;
    const mark = finishDraft(stroke, picture);
    sending.value = [...sending.value, { markId, frame, mark }];
    void send({ type: 'mark', markId, target, frame, mark }).then((accepted) => {
      if (!accepted) forget(markId);
    });
  }

  function penCancel(): void {
    draft.value = null;
  }

  const stopWatching = effect(() => {
    const target = frozen.value?.target;
    const { phase, participants } = session.state.value;
    if (target === undefined) return;
    if (phase === 'ended') leavePicture();
    else if (!isIn(participants[target])) stop();
  });

  return {
    frozen,
    tool,
    colour,
    draft,
    waiting,
    canUndo: computed(() => (session.state.value.undo[me]?.length ?? 0) > 0),
    canErase: computed(
      () => pendingOwn.value.length > 0 || visibleAnnotations(session.state.value).some((one) => one.author === me),
    ),
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
    undo: () => void send({ type: 'undo' }),
    eraseAll: () => void send({ type: 'eraseAll' }),
    dispose: () => {
      stopWatching();
      stopListening();
    },
  };
}
