import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { createStillSharing } from '../../client/call/still-sharing.ts';
import type { CallSession } from '../../client/types.ts';
import type { ImageMark } from '../../domain/annotation/types.ts';
import type { Refusal, Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { BLANK, drawOn, eraseAllOn, undoOn } from '../../domain/still/drawing.ts';
import { MAX_STILL_MARKS } from '../../domain/still/news.ts';
import type { StillReception } from '../../domain/still/telling.ts';
import { type Draft, finishDraft } from './draft.ts';
import type { FrozenStill } from './frozen-picture.ts';

export interface StillMarks {
  /** Oldest first; none without a still. */
  readonly drawn: ReadonlySignal<readonly ImageMark[]>;
  /** How the owner of the picture took it; null without a still. */
  readonly reception: ReadonlySignal<StillReception | null>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canErase: ReadonlySignal<boolean>;
  /** `onRefused`: nobody can be shown this picture. */
  begin(still: FrozenStill, onRefused: () => void): void;
  end(): void;
  add(mark: ImageMark): void;
  undo(): void;
  eraseAll(): void;
  dispose(): void;
}

export interface StillMarksDeps {
  readonly me: PersonKey;
  readonly session: Pick<CallSession, 'state' | 'sendRelay' | 'onRelay'>;
  /** The stroke under the pen: it is shown while it is drawn. */
  readonly draft: ReadonlySignal<Draft | null>;
  onRefused(refusal: Refusal): void;
}

/** Marks that stay on a frozen picture and are shown to its owner: no facts of the call, gone with the picture. */
export function createStillMarks({ me, session, draft, onRefused }: StillMarksDeps): StillMarks {
  const still = signal<FrozenStill | null>(null);
  const drawing = signal(BLANK);
  let turnDown: () => void = () => undefined;
  const refuseStill = (refusal: Refusal): void => {
    onRefused(refusal);
    turnDown();
  };
  const sharing = createStillSharing({ me, session, onRefused: refuseStill });
  const shown = computed<readonly ImageMark[]>(() => {
    const { marks } = drawing.value;
    const picture = still.value;
    if (draft.value === null || picture === null || marks.length >= MAX_STILL_MARKS) return marks;
    return [...marks, finishDraft(draft.value, picture)];
  });

  async function share(picture: FrozenStill): Promise<void> {
    const { target: to, stillId } = picture;
    const jpeg = await picture.jpeg.catch(() => null);
    if (still.peek() !== picture) return;
    if (jpeg === null) refuseStill({ code: 'internal', detail: 'the picture could not be encoded' });
    else sharing.share({ to, stillId, jpeg, marks: () => shown.peek() });
  }

  function change(next: Result<typeof BLANK>): void {
    if (next.ok) drawing.value = next.value;
    else onRefused(next.refusal);
  }

  const stopFollowing = effect(() => {
    drawing.value;
    draft.value;
    if (still.value !== null) untracked(sharing.touch);
  });

  function end(): void {
    still.value = null;
    drawing.value = BLANK;
    sharing.end();
  }

  return {
    drawn: computed(() => drawing.value.marks),
    reception: computed(() => (still.value === null ? null : (sharing.reception.value ?? 'sending'))),
    canUndo: computed(() => drawing.value.before.length > 0),
    canErase: computed(() => drawing.value.marks.length > 0),
    begin(picture, onTurnedDown) {
      turnDown = onTurnedDown;
      drawing.value = BLANK;
      still.value = picture;
      void share(picture);
    },
    end,
    add: (mark) => change(drawOn(drawing.peek(), mark)),
    undo: () => {
      drawing.value = undoOn(drawing.peek());
    },
    eraseAll: () => {
      drawing.value = eraseAllOn(drawing.peek());
    },
    dispose: () => {
      stopFollowing();
      still.value = null;
      sharing.dispose();
    },
  };
}
