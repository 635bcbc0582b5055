import type { ReadonlySignal } from '@preact/signals-core';
import type { CallSession, MediaLink } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import type { EditingSession } from '../editing/editing-session.ts';

/** A picture that stands in for somebody's video. */
export type StandIn =
  | { readonly mode: 'off' }
  | {
      readonly mode: 'on';
      /** The newest one that came. */
      readonly snapshot: { readonly tag: FrameTag; readonly picture: ImageBitmap } | null;
    };

/** What the stage needs of a page's call. */
export interface StageCall {
  readonly session: Pick<CallSession, 'state'>;
  readonly me: PersonKey;
  readonly editing: EditingSession;
  readonly links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>;
  /** Pictures of somebody's camera where video finds no path. */
  snapshotsOf(person: PersonKey): { readonly state: ReadonlySignal<StandIn> };
}
