import { DEFAULT_MEETING_SETTINGS, type MeetingSettings } from '../../domain/meeting/model.ts';
import type { ReachWorld } from '../../domain/reach/model.ts';

/** What a tenant has decided about its meetings, at this moment. */
export const meetingSettings = (world: ReachWorld, tid: string): MeetingSettings =>
  world.tenant(tid)?.meetings ?? DEFAULT_MEETING_SETTINGS;
