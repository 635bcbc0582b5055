import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import { anonymousAccount } from '../../../src/hub/meetings/anonymous.ts';
import type { LobbyNews, LobbyPlaceNews, MeetingWithLink } from '../../../src/protocol/meetings.ts';
import { AUDIO, accepted, type Bench, type Page, TID } from './hub-bench.ts';
import { settle } from './settle.ts';

export const MINUTE_MS = 60_000;

/** A meeting that starts now, without anybody invited. */
export const draftOf = (bench: Bench, changes: Partial<MeetingDraft> = {}): MeetingDraft => ({
  title: 'Pump',
  startMs: bench.clock.nowMs(),
  endMs: bench.clock.nowMs() + 60 * MINUTE_MS,
  zone: 'Europe/Berlin',
  invitees: [],
  coOrganizers: [],
  presenters: [],
  lobby: 'organization',
  anonymousAllowed: true,
  ...changes,
});

export const plan = async (bench: Bench, page: Page, changes: Partial<MeetingDraft> = {}) =>
  accepted(
    await bench.hub.meetings.service.planMeeting(page, { commandId: randomUUID(), draft: draftOf(bench, changes) }),
  );

export const oneTimeCall = async (bench: Bench, page: Page): Promise<MeetingWithLink> =>
  accepted(
    await bench.hub.meetings.service.createOneTimeCall(page, {
      ...{ commandId: randomUUID(), title: '', zone: 'Europe/Berlin', durationMin: 30 },
    }),
  );

/** Somebody without a sign-in, who has a ticket for the meeting. */
export const newcomer = (meetingId: string, name = 'Chris Customer') => {
  const person: PersonKey = `anon:${randomUUID()}`;
  return { person, name, account: anonymousAccount(person), visits: { tid: TID, meetingId } };
};

export const knock = async (bench: Bench, page: Page, meetingId: string, more: { readonly again?: boolean } = {}) => {
  const request = { commandId: randomUUID(), meetingId, media: AUDIO, ...more };
  const result = await bench.hub.calls.joinMeeting(page, request);
  await settle();
  return result;
};

export const decide = async (
  bench: Bench,
  page: Page,
  what: { readonly type: 'admit' | 'deny'; readonly meetingId: string; readonly person: PersonKey },
) => {
  const { type, meetingId, person } = what;
  const result = await bench.hub.meetings.service[type](page, { meetingId, person });
  await settle();
  return result;
};

export const leave = async (bench: Bench, page: Page, callId: string) => {
  const left = await bench.hub.calls.command(page, { commandId: randomUUID(), callId, command: { type: 'leave' } });
  await settle();
  return left;
};

export const lobbyOf = (page: Page): LobbyNews | undefined => {
  const news = page.heard.findLast((one) => one.name === 'lobby');
  return news?.name === 'lobby' ? news.message : undefined;
};

export const placesOf = (page: Page): readonly LobbyPlaceNews[] =>
  page.heard.flatMap((one) => (one.name === 'lobbyPlace' ? [one.message] : []));
