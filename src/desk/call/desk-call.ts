import { computed, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { createCallMedia } from '../../client/call/call-media.ts';
import { followClosedScreen } from '../../client/call/closed-screen.ts';
import { endsForGood } from '../../client/call/ends-for-good.ts';
import type { OpenMediaPaths } from '../../client/call/media-paths.ts';
import { decodeJpeg } from '../../client/media/jpeg.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import type { CallSession, MediaLink } from '../../client/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { CallState, Participant, PersonKey } from '../../domain/call/state.ts';
import { createEditingSession, type EditingSession } from '../../ui/editing/editing-session.ts';
import { createSnapshots, type Snapshots } from '../snapshots/snapshots.ts';

/** One call on this desk: who is connected how, what is on stage, what is drawn. */
export interface DeskCall {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  readonly editing: EditingSession;
  readonly links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>;
  /** Everybody but oneself who is in the call or being rung. */
  readonly others: ReadonlySignal<readonly Participant[]>;
  /** Whose picture is on stage. */
  readonly onStage: ReadonlySignal<Participant | null>;
  /** Pictures of somebody's camera where video finds no path. */
  snapshotsOf(person: PersonKey): Snapshots;
  putOnStage(person: PersonKey): void;
  /** Leaves, or asks first where that ends the call for good. */
  end(): void;
  /** The question stands. */
  readonly asksToEnd: ReadonlySignal<boolean>;
  stay(): void;
  /** Resolves once the hub has answered. */
  leave(): Promise<void>;
  dispose(): void;
}

export interface DeskCallDeps {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  readonly openMedia: OpenMediaPaths;
  onRefused(refusal: Refusal): void;
  /** Somebody does not look at the shared screen any more; `stopped`: nobody did. */
  onScreenClosed(name: string, stopped: boolean): void;
}

export function createDeskCall(deps: DeskCallDeps): DeskCall {
  const { session, me, own } = deps;
  const media = createCallMedia(deps);
  const { links, others } = media;
  const stopFollowingScreen = followClosedScreen({ session, me, own, onClosed: deps.onScreenClosed });
  const chosen = signal<PersonKey | null>(null);
  const editing = createEditingSession({
    me,
    session,
    newId: () => crypto.randomUUID(),
    onRefused: deps.onRefused,
  });

  const snapshots = new Map<PersonKey, Snapshots>();
  function snapshotsOf(target: PersonKey): Snapshots {
    const known = snapshots.get(target);
    if (known !== undefined) return known;
    const linkState = () => links.value.get(target)?.state.value;
    const created = untracked(() => createSnapshots({ session, target, linkState, decode: decodeJpeg }));
    snapshots.set(target, created);
    return created;
  }

  const asksToEnd = signal(false);
  const leave = async (): Promise<void> => {
    asksToEnd.value = false;
    await session.send({ type: 'leave' });
  };

  return {
    session,
    me,
    own,
    editing,
    links,
    others,
    onStage: computed(() => {
      // Whoever comes meanwhile does not take the picture away that is being drawn on.
      return choosePicture(session.state.value, me, editing.frozen.value?.target ?? chosen.value);
    }),
    snapshotsOf,
    putOnStage: (person) => {
      editing.stop();
      chosen.value = person;
    },
    end: () => {
      if (endsForGood(session, me)) asksToEnd.value = true;
      else void leave();
    },
    asksToEnd,
    stay: () => {
      asksToEnd.value = false;
    },
    leave,
    dispose: () => {
      stopFollowingScreen();
      for (const one of snapshots.values()) one.dispose();
      editing.dispose();
      own.dispose();
      media.dispose();
    },
  };
}

/** The chosen one while they are there, else a headset with its camera on, else any headset, else any picture, else anybody. */
export function choosePicture(state: CallState, me: PersonKey, chosen: PersonKey | null): Participant | null {
  const there = Object.values(state.participants).filter((one) => one.person !== me && isIn(one));
  const headsets = there.filter((one) => one.device?.kind === 'headset');
  return (
    there.find((one) => one.person === chosen) ??
    headsets.find((one) => one.media.video === 'camera') ??
    headsets[0] ??
    there.find((one) => one.media.video !== 'off') ??
    there[0] ??
    null
  );
}
