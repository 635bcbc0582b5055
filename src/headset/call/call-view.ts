import { askAdding, mayCallOff } from '../../client/call/adding.ts';
import type { Loadable, Meeting } from '../../client/types.ts';
import { isIn, visibleAnnotations } from '../../domain/call/queries.ts';
import type { CallState, Participant, PersonKey } from '../../domain/call/state.ts';
import { strangeness } from '../../domain/meeting/anonymous.ts';
import type { AddPeopleView, CallView, ParticipantView } from '../../ui/panels/view.ts';
import type { SpaceState } from '../types.ts';
import type { HeadsetCall } from './headset-call.ts';

interface CallViewContext {
  readonly me: PersonKey;
  readonly space: SpaceState;
  /** Mixed reality is running: outside of it nobody misses the headset's bearings. */
  readonly inRoom: boolean;
  readonly signInHeld: boolean;
  readonly adding: AddPeopleView | null;
  readonly meetings: Loadable<readonly Meeting[]>;
}

/** What panels show of a call; reads the call's signals, so it follows them inside a computed. */
export function callViewOf(call: HeadsetCall, context: CallViewContext): CallView {
  const state = call.session.state.value;
  const { me, space, inRoom } = context;
  const { own } = call;
  const inPlace = visibleAnnotations(state).map((annotation) => ({
    annotation,
    anchor: state.anchors[annotation.anchorId],
  }));
  return {
    title: titleOf(state, me),
    addingPeople: askAdding(state, context.meetings),
    adding: context.adding,
    screenOf: screenOf(call),
    participants: Object.values(state.participants).flatMap((one) => participantView(one, me, call)),
    media: {
      muted: own.muted.value,
      microphoneProblem: own.microphoneProblem.value,
      video: own.videoTrack.value !== null ? 'live' : own.startingVideo.value ? 'starting' : 'off',
      cameraProblem: own.cameraProblem.value,
    },
    tool: call.tool.value,
    colour: call.colour.value,
    coloursOpen: call.coloursOpen.value,
    canUndo: (state.undo[me]?.length ?? 0) > 0,
    canErase: inPlace.some(({ annotation }) => annotation.author === me),
    editing: Object.entries(state.editing)
      .filter(([person, { target }]) => person !== me && target === me)
      .map(([person]) => state.participants[person]?.name ?? ''),
    hasApproximate: inPlace.some(({ annotation }) => annotation.quality === 'approximate'),
    hasStale:
      inRoom && inPlace.some(({ anchor }) => anchor?.state === 'lost' || anchor?.spaceEpoch !== space.spaceEpoch),
    tracking: !inRoom || space.tracking,
    snapshotSent: call.snapshotSent.value,
    quality: call.quality.value,
    signInHeld: context.signInHeld,
    asksToEnd: call.asksToEnd.value,
    ending: call.ending.value,
  };
}

/** Whose screen the slate shows; null while it shows none. */
function screenOf({ picture, session }: HeadsetCall): string | null {
  const shown = picture.value;
  return shown?.source === 'screen' ? (session.state.value.participants[shown.person]?.name ?? '') : null;
}

function participantView(one: Participant, me: PersonKey, call: HeadsetCall): readonly ParticipantView[] {
  if (one.state === 'left') return [];
  const { person, name, media } = one;
  const { audio, video, problem } = media;
  // The hub knows when somebody is away from it, the link when nothing comes from them: either is worth saying.
  const link = call.links.value.get(person)?.state.value;
  const state = one.state === 'joined' && link === 'reconnecting' ? 'reconnecting' : one.state;
  const isMe = person === me;
  const callOff = mayCallOff(call.session.state.value, me, person);
  const noPath = link === 'no-path';
  const strange = strangeness(person, me);
  return [{ person, name, strange, state, isMe, muted: !audio, video, problem, mayCallOff: callOff, noPath }];
}

/** A meeting's title, or who the call is with. */
export function titleOf(state: CallState, me: PersonKey): string {
  return state.kind === 'meeting' ? state.title : otherNameOf(state, me);
}

/** The names of those from whom a call rings: who rings first, then the others who are in it. */
export function callersOf(state: CallState, me: PersonKey): readonly string[] {
  const self = state.participants[me];
  const from = self?.rungBy ?? null;
  const others = Object.values(state.participants).filter((one) => one.person !== me && isIn(one));
  return others.toSorted((a, b) => Number(b.person === from) - Number(a.person === from)).map((one) => one.name);
}

/** The name of the first other person of a call; empty when nobody else was ever there. */
export function otherNameOf(state: CallState, me: PersonKey): string {
  return Object.values(state.participants).find((one) => one.person !== me)?.name ?? '';
}
