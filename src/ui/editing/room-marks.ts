import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { FrameRef, ImageMark } from '../../domain/annotation/types.ts';
import type { CallCommand } from '../../domain/call/command.ts';
import { visibleAnnotations } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { FrozenFrame } from './frozen-picture.ts';

/** A mark of one's own that has no place in the room yet. */
export interface WaitingMark {
  readonly markId: string;
  readonly frame: FrameRef;
  readonly mark: ImageMark;
}

export interface RoomMarks {
  /** Own marks that were sent and are not placed yet, oldest first. */
  readonly waiting: ReadonlySignal<readonly WaitingMark[]>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canErase: ReadonlySignal<boolean>;
  /** `onRefused`: nothing can be drawn on this frame. */
  begin(frame: FrozenFrame, onRefused: () => void): void;
  end(): void;
  add(markId: string, mark: ImageMark, frame: FrozenFrame): void;
  undo(): void;
  eraseAll(): void;
  dispose(): void;
}

export interface RoomMarksDeps {
  readonly me: PersonKey;
  readonly session: Pick<CallSession, 'state' | 'send' | 'onEvent'>;
  /** A command or a mark of one's own was refused. */
  onRefused(refusal: Refusal): void;
}

/** Marks that a headset places: facts of the call, decided by the hub. */
export function createRoomMarks({ me, session, onRefused }: RoomMarksDeps): RoomMarks {
  /** Sent, and not heard of since. */
  const sending = signal<readonly WaitingMark[]>([]);
  const pendingOwn = computed(() => Object.values(session.state.value.pendingMarks).filter((one) => one.author === me));

  async function send(command: CallCommand): Promise<boolean> {
    const result = await session.send(command);
    if (!result.ok) onRefused(result.refusal);
    return result.ok;
  }

  const forget = (markId: string): void => {
    if (sending.value.some((one) => one.markId === markId)) {
      sending.value = sending.value.filter((one) => one.markId !== markId);
    }
  };

  const stopListening = session.onEvent(({ event }) => {
    if (event.type === 'marked') forget(event.markId);
    if (event.type === 'markRefused' && event.author === me) onRefused({ code: event.code });
  });

  // A page that was loaded anew has nothing frozen any more.
  if (session.state.peek().editing[me] !== undefined) void send({ type: 'stopEditing' });

  return {
    waiting: computed<readonly WaitingMark[]>(() => [...pendingOwn.value, ...sending.value]),
    canUndo: computed(() => (session.state.value.undo[me]?.length ?? 0) > 0),
    canErase: computed(
      () => pendingOwn.value.length > 0 || visibleAnnotations(session.state.value).some((one) => one.author === me),
    ),
    begin({ target, frame }, onTurnedDown) {
      void send({ type: 'startEditing', target, frame }).then((accepted) => {
        if (!accepted) onTurnedDown();
      });
    },
    end: () => void send({ type: 'stopEditing' }),
    add(markId, mark, { target, frame }) {
      sending.value = [...sending.value, { markId, frame, mark }];
      void send({ type: 'mark', markId, target, frame, mark }).then((accepted) => {
        if (!accepted) forget(markId);
      });
    },
    undo: () => void send({ type: 'undo' }),
    eraseAll: () => void send({ type: 'eraseAll' }),
    dispose: stopListening,
  };
}
