import type { CallEvent } from './event.ts';
import type { Annotation, CallState, PersonKey, UndoStep } from './state.ts';

type Of<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

/** How far back Undo goes; erased annotations beyond it are forgotten, so a long call's state stays small. */
export const UNDO_DEPTH = 100;

export function applyMarked(state: CallState, event: Of<'marked'>): CallState {
  const { markId, author, target, frame, mark } = event;
  const pending = { markId, author, target, frame, mark };
  return remember({ ...state, pendingMarks: { ...state.pendingMarks, [markId]: pending } }, author, {
    kind: 'drew',
    annotationId: markId,
  });
}

export function applyMarkPlaced(state: CallState, event: Of<'markPlaced'>): CallState {
  const pending = state.pendingMarks[event.markId];
  if (pending === undefined) return state;
  const { anchorId, geometry, depthSource, quality } = event.placement;
  return withAnnotation(withoutPending(state, [event.markId]), {
    annotationId: event.markId,
    author: pending.author,
    authorName: state.participants[pending.author]?.name ?? '',
    shape: pending.mark.shape,
    colour: pending.mark.colour,
    anchorId,
    geometry,
    depthSource,
    quality,
    erased: false,
  });
}

export function applyMarkRefused(state: CallState, event: Of<'markRefused'>): CallState {
  const author = state.pendingMarks[event.markId]?.author;
  if (author === undefined) return state;
  const steps = stepsOf(state, author).filter((step) => step.kind !== 'drew' || step.annotationId !== event.markId);
  return withSteps(withoutPending(state, [event.markId]), author, steps);
}

export function applyAnnotated(state: CallState, event: Of<'annotated'>): CallState {
  const { annotationId, author, shape, colour, placement } = event;
  const { anchorId, geometry, depthSource, quality } = placement;
  const authorName = state.participants[author]?.name ?? '';
  const annotation = { annotationId, author, authorName, shape, colour, anchorId, geometry, depthSource, quality };
  return remember(withAnnotation(state, { ...annotation, erased: false }), author, { kind: 'drew', annotationId });
}

export function applyErased(state: CallState, event: Of<'erased'>): CallState {
  const erased = withoutPending(setErased(state, event.annotationIds, true), event.annotationIds);
  if (event.by === 'undo')
    return forgetErased(withSteps(erased, event.person, stepsOf(state, event.person).slice(0, -1)));
  return remember(erased, event.person, { kind: 'erased', annotationIds: event.annotationIds });
}

export function applyRestored(state: CallState, event: Of<'restored'>): CallState {
  const restored = setErased(state, event.annotationIds, false);
  return withSteps(restored, event.person, stepsOf(state, event.person).slice(0, -1));
}

const stepsOf = (state: CallState, person: PersonKey): readonly UndoStep[] => state.undo[person] ?? [];

const withSteps = (state: CallState, person: PersonKey, steps: readonly UndoStep[]): CallState => ({
  ...state,
  undo: { ...state.undo, [person]: steps },
});

function remember(state: CallState, person: PersonKey, step: UndoStep): CallState {
  const steps = [...stepsOf(state, person), step];
  return steps.length <= UNDO_DEPTH
    ? withSteps(state, person, steps)
    : forgetErased(withSteps(state, person, steps.slice(-UNDO_DEPTH)));
}

const withAnnotation = (state: CallState, annotation: Annotation): CallState => ({
  ...state,
  annotations: { ...state.annotations, [annotation.annotationId]: annotation },
});

function withoutPending(state: CallState, ids: readonly string[]): CallState {
  const pendingMarks = { ...state.pendingMarks };
  for (const id of ids) delete pendingMarks[id];
  return { ...state, pendingMarks };
}

function setErased(state: CallState, ids: readonly string[], erased: boolean): CallState {
  const annotations = { ...state.annotations };
  for (const id of ids) {
    const annotation = annotations[id];
    if (annotation !== undefined) annotations[id] = { ...annotation, erased };
  }
  return { ...state, annotations };
}

/** Drops erased annotations that no Undo can bring back. */
function forgetErased(state: CallState): CallState {
  const restorable = new Set<string>();
  for (const steps of Object.values(state.undo)) {
    for (const step of steps) if (step.kind === 'erased') for (const id of step.annotationIds) restorable.add(id);
  }
  const kept = Object.entries(state.annotations).filter(([id, one]) => !one.erased || restorable.has(id));
  return { ...state, annotations: Object.fromEntries(kept) };
}
