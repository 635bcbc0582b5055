import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { decodeJpeg } from '../../client/media/jpeg.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import type { CallSession, MediaLink } from '../../client/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { CallState, MediaState, Participant, PersonKey } from '../../domain/call/state.ts';
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
  /** Resolves once the hub has answered. */
  leave(): Promise<void>;
  dispose(): void;
}

export interface DeskCallDeps {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  createLink(session: CallSession, peer: PersonKey): MediaLink;
  onRefused(refusal: Refusal): void;
}

export function createDeskCall(deps: DeskCallDeps): DeskCall {
  const { session, me, own } = deps;
  const links = signal<ReadonlyMap<PersonKey, MediaLink>>(new Map());
  const chosen = signal<PersonKey | null>(null);
  const others = computed(() =>
    Object.values(session.state.value.participants).filter((one) => one.person !== me && one.state !== 'left'),
  );
  const connected = computed(() =>
    others.value
      .filter(isIn)
      .map((one) => one.person)
      .join(' '),
  );
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

  const stopLinking = effect(() => {
    const wanted = new Set(connected.value.split(' ').filter((key) => key !== ''));
    const next = new Map<PersonKey, MediaLink>();
    for (const [peer, link] of links.peek()) {
      if (wanted.has(peer)) next.set(peer, link);
      else link.dispose();
    }
    for (const peer of wanted) if (!next.has(peer)) next.set(peer, deps.createLink(session, peer));
    links.value = next;
  });

  const stopSending = effect(() => {
    for (const link of links.value.values()) {
      link.setLocalAudio(own.audioTrack.value);
      link.setLocalVideo(own.videoTrack.value);
    }
  });

  const stopTelling = tellOwnMedia(session, me, own, deps.onRefused);

  return {
    session,
    me,
    own,
    editing,
    links,
    others,
    onStage: computed(() => choosePicture(session.state.value, me, chosen.value)),
    snapshotsOf,
    putOnStage: (person) => {
      editing.stop();
      chosen.value = person;
    },
    leave: async () => {
      await session.send({ type: 'leave' });
    },
    dispose: () => {
      stopTelling();
      stopSending();
      stopLinking();
      for (const one of snapshots.values()) one.dispose();
      editing.dispose();
      own.dispose();
      batch(() => {
        for (const link of links.value.values()) link.dispose();
        links.value = new Map();
      });
    },
  };
}

/**
 * Tells the others what this desk sends, whenever it is not what the log says. Only the facts of the log are compared,
 * so a page that was reloaded in a call tells at once that nothing is on.
 */
function tellOwnMedia(session: CallSession, me: PersonKey, own: OwnMedia, onRefused: DeskCallDeps['onRefused']) {
  let telling = false;
  const isIn = computed(() => session.state.value.participants[me]?.state === 'joined');
  const tell = async (media: MediaState): Promise<void> => {
    telling = true;
    const result = await session.send({ type: 'setMedia', media });
    telling = false;
    if (!result.ok && result.refusal.code !== 'call-ended') onRefused(result.refusal);
    else if (!sameMedia(media, own.media.peek())) await tell(own.media.peek());
  };
  return effect(() => {
    const media = own.media.value;
    if (isIn.value && !telling && !sameMedia(session.state.peek().participants[me]?.media, media)) void tell(media);
  });
}

function sameMedia(a: MediaState | undefined, b: MediaState): boolean {
  return a?.audio === b.audio && a.video === b.video && a.problem === b.problem;
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
