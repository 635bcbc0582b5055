import type { PersonKey } from '../call/state.ts';
import type { LobbyState } from './lobby-state.ts';
import type { Meeting, MeetingSettings } from './model.ts';
import { cleanLine } from './name.ts';
import { MAX_TITLE_LENGTH } from './schedule.ts';

export const ONE_TIME_TITLE = 'EventTitle';
/** Until the agent changes it. */
export const ONE_TIME_MINUTES = 30;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface OneTimeRequest {
  readonly tid: string;
  readonly meetingId: string;
  readonly agent: PersonKey;
  /** Blank: it gets the usual one. */
  readonly title: string;
  readonly nowMs: number;
  readonly zone: string;
  readonly durationMin: number;
}

/** A meeting of two that starts at once. Its lobby setting is never asked: the customer always waits. */
export function oneTimeMeeting(request: OneTimeRequest): Meeting {
  const { tid, meetingId, agent, title, nowMs, zone, durationMin } = request;
  return {
    tid,
    meetingId,
    kind: 'oneTime',
    title: cleanLine(title, MAX_TITLE_LENGTH) || ONE_TIME_TITLE,
    startMs: nowMs,
    endMs: nowMs + durationMin * MINUTE_MS,
    zone,
    organizer: agent,
    coOrganizers: [],
    presenters: [],
    invitees: [],
    lobby: 'organizer',
    anonymousAllowed: true,
    cancelled: false,
    revision: 1,
  };
}

/** Moves with the meeting's end. */
export const linkExpiresAtMs = (meeting: Meeting, settings: MeetingSettings): number =>
  meeting.endMs + settings.oneTimeLinkHours * HOUR_MS;

export const ONE_TIME_STATES = ['waiting', 'inLobby', 'inCall', 'ended', 'expired', 'revoked'] as const;
export type OneTimeState = (typeof ONE_TIME_STATES)[number];

export interface DoorTime {
  readonly meeting: Meeting;
  readonly settings: MeetingSettings;
  /** The hub's clock alone decides, ms since the epoch: those of browsers may differ by minutes. */
  readonly nowMs: number;
}

/** For the list of whoever made the link. */
export function oneTimeState(state: LobbyState, context: DoorTime): OneTimeState {
  if (state.ended) return 'ended';
  if (state.link === 'used') return 'inCall';
  if (state.link === 'revoked' || context.meeting.cancelled) return 'revoked';
  if (isExpired(context)) return 'expired';
  return state.waiting.length > 0 ? 'inLobby' : 'waiting';
}

export const isExpired = ({ meeting, settings, nowMs }: DoorTime): boolean =>
  nowMs >= linkExpiresAtMs(meeting, settings);
