import type { CallState, MediaState } from './state.ts';

export const NO_MEDIA: MediaState = { audio: false, video: 'off', problem: 'none' };

/** A call before its first event. */
export function initialCall(callId: string): CallState {
  return {
    callId,
    seq: 0,
    phase: 'new',
    kind: 'direct',
    title: '',
    meetingId: null,
    createdAtMs: 0,
    participants: {},
    editing: {},
    pendingMarks: {},
    anchors: {},
    annotations: {},
    undo: {},
  };
}
