import { byStart } from '../../domain/meeting/joinable.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { isBusy, type KeptLobby, type MeetingRef, type MeetingStore, namedBy } from './meeting-store.ts';

/** Meetings in maps; copied in and out, as a database would. */
export function createMemoryMeetings(): MeetingStore {
  const meetings = new Map<string, Meeting>();
  const made = new Map<string, string>();
  const links = new Map<string, MeetingRef & { readonly atMs: number }>();
  const lobbies = new Map<string, KeptLobby>();

  const copyOf = <T>(value: T | undefined): T | null => (value === undefined ? null : structuredClone(value));
  return {
    async add(meeting, commandId) {
      const request = `${meeting.organizer} ${commandId}`;
      const earlier = meetings.get(made.get(request) ?? '');
      if (earlier !== undefined) return structuredClone(earlier);
      made.set(request, meeting.meetingId);
      meetings.set(meeting.meetingId, structuredClone(meeting));
      return meeting;
    },
    get: async (meetingId) => copyOf(meetings.get(meetingId)),
    async change(meeting) {
      if (meetings.get(meeting.meetingId)?.revision !== meeting.revision - 1) return false;
      meetings.set(meeting.meetingId, structuredClone(meeting));
      return true;
    },
    async naming(who, { fromMs, toMs }) {
      const wanted = [...meetings.values()].filter((meeting) => {
        const named = namedBy(meeting);
        return meeting.startMs < toMs && meeting.endMs > fromMs && who.some((one) => named.has(one));
      });
      return structuredClone(wanted.toSorted(byStart));
    },
    unfinished: async (tid, nowMs) =>
      structuredClone([...meetings.values()].filter((one) => one.tid === tid && one.endMs > nowMs).toSorted(byStart)),
    async addLink(hash, { tid, meetingId, atMs }, most) {
      if ([...links.values()].filter((one) => one.meetingId === meetingId).length >= most) return false;
      links.set(hash, { tid, meetingId, atMs });
      return true;
    },
    async meetingOfLink(hash) {
      const link = links.get(hash);
      return link === undefined ? null : { tid: link.tid, meetingId: link.meetingId };
    },
    lobby: async (meetingId) => copyOf(lobbies.get(meetingId)),
    busyLobbies: async () => structuredClone([...lobbies.values()].filter(({ state }) => isBusy(state))),
    async keepLobby(lobby) {
      const { meetingId } = lobby.state;
      if ((lobbies.get(meetingId)?.version ?? 0) !== lobby.version - 1) return false;
      lobbies.set(meetingId, structuredClone(lobby));
      return true;
    },
    async prune(tid, beforeMs) {
      const isIdle = (meetingId: string): boolean => {
        const lobby = lobbies.get(meetingId);
        return lobby === undefined || !isBusy(lobby.state);
      };
      const kept = new Set(meetings.keys());
      for (const meeting of [...meetings.values()]) {
        if (meeting.tid !== tid || meeting.endMs >= beforeMs || !isIdle(meeting.meetingId)) continue;
        meetings.delete(meeting.meetingId);
        lobbies.delete(meeting.meetingId);
        for (const [hash, link] of links) if (link.meetingId === meeting.meetingId) links.delete(hash);
      }
      for (const [hash, link] of links) {
        if (link.tid === tid && !kept.has(link.meetingId) && link.atMs < beforeMs) links.delete(hash);
      }
      for (const [meetingId, lobby] of lobbies) {
        if (lobby.tid === tid && !kept.has(meetingId) && isIdle(meetingId)) lobbies.delete(meetingId);
      }
    },
  };
}
