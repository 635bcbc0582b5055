import { validateMark } from '../annotation/validate.ts';
import type { CallCommand } from './command.ts';
import type { CallEvent } from './event.ts';
import { visibleAnnotations, wearsHeadset } from './queries.ts';
import { accept, type Result, refuse } from './refusal.ts';
import type { CallState, Participant, PersonKey } from './state.ts';

/** Visible ones of one call. Enough for the longest job; more would hide the machine and slow the headset. */
export const MAX_ANNOTATIONS = 500;

type Decision = Result<readonly CallEvent[]>;
type Of<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;
export type AnnotationCommand = Of<
  'mark' | 'placeMark' | 'refuseMark' | 'annotate' | 'moveAnchor' | 'undo' | 'eraseAll'
>;

export function decideAnnotation(state: CallState, command: AnnotationCommand, self: Participant): Decision {
  switch (command.type) {
    case 'mark':
      return mark(state, command, self);
    case 'placeMark':
      return placeMark(state, command, self);
    case 'refuseMark': {
      const pending = state.pendingMarks[command.markId];
      if (pending === undefined || pending.target !== self.person) return refuse('mark-unknown');
      return accept([{ type: 'markRefused', markId: pending.markId, author: pending.author, code: command.code }]);
    }
    case 'annotate':
      return annotate(state, command, self);
    case 'moveAnchor': {
      if (state.anchors[command.anchorId]?.owner !== self.person) return refuse('anchor-unknown');
      const { anchorId, pose, spaceEpoch, state: anchorState } = command;
      return accept([{ type: 'anchorMoved', anchorId, pose, spaceEpoch, state: anchorState }]);
    }
    case 'undo':
      return undo(state, self.person);
    case 'eraseAll':
      return eraseAll(state, self.person);
  }
}

function mark(state: CallState, command: Of<'mark'>, self: Participant): Decision {
  const target = state.participants[command.target];
  if (!wearsHeadset(target)) return refuse('headset-gone');
  if (isTaken(state, command.markId)) return refuse('mark-taken');
  if (isFull(state)) return refuse('too-many-annotations');
  const problem = validateMark(command.mark);
  if (problem !== null) return refuse(problem);
  const { markId, frame } = command;
  return accept([{ type: 'marked', markId, author: self.person, target: target.person, frame, mark: command.mark }]);
}

function placeMark(state: CallState, command: Of<'placeMark'>, self: Participant): Decision {
  const pending = state.pendingMarks[command.markId];
  if (pending === undefined || pending.target !== self.person) return refuse('mark-unknown');
  if (belongsToAnother(state, command.placement.anchorId, self.person)) return refuse('anchor-unknown');
  return accept([{ type: 'markPlaced', markId: command.markId, placement: command.placement }]);
}

function annotate(state: CallState, command: Of<'annotate'>, self: Participant): Decision {
  if (self.device?.kind !== 'headset') return refuse('headset-only');
  const { annotationId, shape, colour, placement } = command;
  if (isTaken(state, annotationId)) return refuse('annotation-taken');
  if (isFull(state)) return refuse('too-many-annotations');
  if (belongsToAnother(state, placement.anchorId, self.person)) return refuse('anchor-unknown');
  return accept([{ type: 'annotated', annotationId, author: self.person, shape, colour, placement }]);
}

function undo(state: CallState, person: PersonKey): Decision {
  const step = state.undo[person]?.at(-1);
  if (step === undefined) return refuse('nothing-to-undo');
  if (step.kind === 'drew') return accept([{ type: 'erased', person, annotationIds: [step.annotationId], by: 'undo' }]);
  // Others may have drawn meanwhile.
  const returning = step.annotationIds.filter((id) => state.annotations[id]?.erased === true);
  if (isFull(state, returning.length)) return refuse('too-many-annotations');
  return accept([{ type: 'restored', person, annotationIds: step.annotationIds }]);
}

/** One's own only, also those that still wait for their place. */
function eraseAll(state: CallState, person: PersonKey): Decision {
  const annotationIds = [
    ...visibleAnnotations(state)
      .filter((annotation) => annotation.author === person)
      .map((annotation) => annotation.annotationId),
    ...Object.values(state.pendingMarks)
      .filter((pending) => pending.author === person)
      .map((pending) => pending.markId),
  ];
  if (annotationIds.length === 0) return refuse('nothing-to-erase');
  return accept([{ type: 'erased', person, annotationIds, by: 'eraseAll' }]);
}

const isTaken = (state: CallState, id: string): boolean =>
  state.pendingMarks[id] !== undefined || state.annotations[id] !== undefined;

/** Whether so many more would be too many. */
const isFull = (state: CallState, more = 1): boolean =>
  visibleAnnotations(state).length + Object.keys(state.pendingMarks).length + more > MAX_ANNOTATIONS;

function belongsToAnother(state: CallState, anchorId: string, person: PersonKey): boolean {
  const anchor = state.anchors[anchorId];
  return anchor !== undefined && anchor.owner !== person;
}
