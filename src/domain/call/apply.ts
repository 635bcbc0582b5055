import type { Placement } from '../annotation/types.ts';
import {
  applyAnnotated,
  applyErased,
  applyMarked,
  applyMarkPlaced,
  applyMarkRefused,
  applyRestored,
} from './apply-annotations.ts';
import type { CallEvent, LoggedEvent } from './event.ts';
import { NO_MEDIA } from './initial.ts';
import type { CallState, Participant, PersonKey } from './state.ts';

/**
 * The state after one more event. Pure, total and the same on the hub and in every browser: facts are never refused.
 * Throws only when an event is missing before this one, which is a fault of the caller (ask for what came after `state.seq`).
 */
export function apply(state: CallState, logged: LoggedEvent): CallState {
  if (logged.seq <= state.seq) return state;
  if (logged.seq !== state.seq + 1) throw new RangeError(`event ${logged.seq} after ${state.seq}: events are missing`);
  return { ...change(state, logged.event, logged.atMs), seq: logged.seq };
}

export function applyAll(state: CallState, events: readonly LoggedEvent[]): CallState {
  return events.reduce(apply, state);
}

function change(state: CallState, event: CallEvent, atMs: number): CallState {
  switch (event.type) {
    case 'callCreated':
      return {
        ...state,
        phase: 'open',
        kind: event.kind,
        title: event.title,
        meetingId: event.meetingId,
        createdAtMs: atMs,
      };
    case 'rang':
      return withParticipant(state, {
        ...newcomer(state, event.person, event.name),
        state: 'ringing',
        rungBy: event.from,
      });
    case 'joined':
      return withParticipant(stopEditing(state, event.person), {
        ...newcomer(state, event.person, event.name),
        state: 'joined',
        device: event.device,
        media: event.media,
      });
    case 'left':
      return patch(stopEditing(state, event.person), event.person, { state: 'left', device: null, media: NO_MEDIA });
    case 'ended':
      return { ...state, phase: 'ended', editing: {}, pendingMarks: {} };
    case 'connectionLost':
      return patch(state, event.person, { state: 'reconnecting' });
    case 'connectionBack':
      return patch(state, event.person, { state: 'joined' });
    case 'mediaChanged':
      return patch(state, event.person, { media: event.media });
    case 'cameraDescribed':
      return patch(state, event.person, {
        camera: event.camera,
        spaceEpoch: event.spaceEpoch,
        tracking: event.tracking,
      });
    case 'editingStarted':
      return { ...state, editing: { ...state.editing, [event.person]: { target: event.target, frame: event.frame } } };
    case 'editingStopped':
      return stopEditing(state, event.person);
    case 'marked':
      return applyMarked(state, event);
    case 'markPlaced':
      return withAnchor(applyMarkPlaced(state, event), event.placement, state.pendingMarks[event.markId]?.target);
    case 'markRefused':
      return applyMarkRefused(state, event);
    case 'annotated':
      return withAnchor(applyAnnotated(state, event), event.placement, event.author);
    case 'anchorMoved':
      return moveAnchor(state, event);
    case 'erased':
      return applyErased(state, event);
    case 'restored':
      return applyRestored(state, event);
  }
}

function newcomer(state: CallState, person: PersonKey, name: string): Participant {
  const before = state.participants[person];
  return {
    person,
    name,
    state: 'joined',
    rungBy: null,
    device: null,
    media: NO_MEDIA,
    camera: before?.camera ?? null,
    spaceEpoch: before?.spaceEpoch ?? 0,
    tracking: false,
  };
}

const withParticipant = (state: CallState, participant: Participant): CallState => ({
  ...state,
  participants: { ...state.participants, [participant.person]: participant },
});

function patch(state: CallState, person: PersonKey, changes: Partial<Participant>): CallState {
  const participant = state.participants[person];
  return participant === undefined ? state : withParticipant(state, { ...participant, ...changes });
}

function stopEditing(state: CallState, person: PersonKey): CallState {
  if (state.editing[person] === undefined) return state;
  const { [person]: _stopped, ...editing } = state.editing;
  return { ...state, editing };
}

/** A placement brings its anchor along; an anchor that is known already keeps its newer pose. */
function withAnchor(state: CallState, placement: Placement, owner: PersonKey | undefined): CallState {
  if (owner === undefined || state.anchors[placement.anchorId] !== undefined) return state;
  const anchor = {
    anchorId: placement.anchorId,
    owner,
    kind: placement.anchorKind,
    pose: placement.anchorPose,
    spaceEpoch: placement.spaceEpoch,
    state: 'tracked',
  } as const;
  return { ...state, anchors: { ...state.anchors, [anchor.anchorId]: anchor } };
}

function moveAnchor(state: CallState, event: Extract<CallEvent, { type: 'anchorMoved' }>): CallState {
  const anchor = state.anchors[event.anchorId];
  if (anchor === undefined) return state;
  const moved = { ...anchor, pose: event.pose, spaceEpoch: event.spaceEpoch, state: event.state };
  return { ...state, anchors: { ...state.anchors, [event.anchorId]: moved } };
}
