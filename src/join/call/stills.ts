import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { ImageMark } from '../../domain/annotation/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';

/** The frozen picture of one's own camera that somebody draws on. */
export interface Still {
  readonly from: PersonKey;
  readonly picture: ImageBitmap;
  readonly marks: readonly ImageMark[];
}

export interface Stills {
  /** Null: the live picture, which carries no marks as nothing tells where it is seen from. */
  readonly current: ReadonlySignal<Still | null>;
  /** Back to the live picture, whatever the other one does. */
  dismiss(): void;
  dispose(): void;
}

export interface StillsDeps {
  readonly session: Pick<CallSession, 'state' | 'onRelay'>;
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap>;
}

/** One at a time, the newest: `stillId` says which one marks and endings are meant for. */
export function createStills({ session, decode }: StillsDeps): Stills {
  const current = signal<Still | null>(null);
  let shownId: string | null = null;
  /** Marks may overtake the picture while it is decoded. */
  let early: { readonly stillId: string; readonly marks: readonly ImageMark[] } | null = null;

  function show(still: Still | null): void {
    current.peek()?.picture.close();
    current.value = still;
  }

  async function open(from: PersonKey, stillId: string, jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    shownId = stillId;
    const picture = await decode(jpeg).catch(() => null);
    if (shownId !== stillId) return picture?.close();
    if (picture !== null) show({ from, picture, marks: early?.stillId === stillId ? early.marks : [] });
  }

  function close(): void {
    shownId = null;
    show(null);
  }

  const stopListening = session.onRelay((from, payload) => {
    switch (payload.type) {
      case 'still':
        void open(from, payload.stillId, payload.jpeg);
        break;
      case 'stillMarks': {
        early = payload;
        const now = current.peek();
        if (shownId === payload.stillId && now !== null) current.value = { ...now, marks: payload.marks };
        break;
      }
      case 'stillOver':
        if (shownId === payload.stillId) close();
        break;
      default:
    }
  });
  // Whoever is gone draws no more, and may have had no time to say so.
  const stopFollowing = session.state.subscribe((state) => {
    const from = current.peek()?.from;
    if (from !== undefined && !isIn(state.participants[from])) close();
  });

  return {
    current,
    dismiss: close,
    dispose: () => {
      stopListening();
      stopFollowing();
      close();
    },
  };
}
