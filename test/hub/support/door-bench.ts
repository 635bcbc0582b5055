import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import {
  DEFAULT_MEETING_SETTINGS,
  type MeetingClass,
  type MeetingSettings,
} from '../../../src/domain/meeting/model.ts';
import type { MeetingDraft } from '../../../src/domain/meeting/schedule.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import type { HubAnswer } from '../../../src/protocol/types.ts';
import { benchPolicy } from './bench-policies.ts';
import { AUDIO, DANA, FINN, GIL, OLGA } from './hub-bench.ts';
import { knockAt, tokenOf } from './join-bench.ts';
import type { Client, WireBench } from './wire-bench.ts';

/** A meeting, and a link to its door. */
export interface LinkedMeeting {
  readonly meetingId: string;
  readonly token: string;
}

export function answered<T>(answer: HubAnswer<T>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

/** What the company of the meetings decides, beside that it and Olga's company trust each other. */
export async function decideFor(
  { hub }: WireBench,
  meetings: Partial<MeetingSettings> = {},
  changes: Partial<TenantPolicy> = {},
): Promise<void> {
  const trusting = { enabled: true, mode: { kind: 'open' } } as const;
  const policy = benchPolicy({
    external: trusting,
    meetings: { ...DEFAULT_MEETING_SETTINGS, ...meetings },
    ...changes,
  });
  answered(await hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null }));
}

/** Starts now, without anybody invited. */
export async function planWith(organizer: Client, changes: Partial<MeetingDraft> = {}): Promise<LinkedMeeting> {
  const startMs = Date.now();
  const draft: MeetingDraft = {
    ...{ title: 'Pump', startMs, endMs: startMs + 3_600_000, zone: 'Europe/Berlin', lobby: 'organization' },
    ...{ invitees: [], coOrganizers: [], presenters: [], anonymousAllowed: true, ...changes },
  };
  const { meetingId } = answered(await organizer.invoke('planMeeting', { commandId: randomUUID(), draft }));
  return { meetingId, token: tokenOf(answered(await organizer.invoke('joinLink', { meetingId }))) };
}

const WHO: Readonly<Record<Exclude<MeetingClass, 'anonymous'>, PersonKey>> = {
  organizer: DANA,
  member: FINN,
  guest: GIL,
  federated: OLGA,
};

/** Somebody of a class towards Dana's meetings, with a connection of their own. */
export async function comer(bench: WireBench, as: MeetingClass, { token }: LinkedMeeting): Promise<Client> {
  if (as === 'federated') return bench.connect(OLGA, { kind: 'join', claims: { roles: [] } });
  if (as !== 'anonymous') return bench.connect(WHO[as]);
  const { body } = await knockAt(bench, { token, name: 'Chris' });
  return bench.visit(body.ticket ?? '');
}

export const askToJoin = (client: Client, { meetingId, token }: LinkedMeeting) =>
  client.invoke('joinMeeting', { commandId: randomUUID(), meetingId, media: AUDIO, link: token });

/** Wants to come in by the link, and goes again. @returns `in`, `lobby`, or the code of the refusal */
export async function tryDoor(client: Client, meeting: LinkedMeeting): Promise<string> {
  const answer = await askToJoin(client, meeting);
  if (!answer.ok) return answer.refusal.code;
  const { value } = answer;
  if (value.state === 'in') await leaveCall(client, value.log.callId);
  else answered(await client.invoke('leaveLobby', { meetingId: meeting.meetingId }));
  return value.state === 'in' ? 'in' : 'lobby';
}

export async function leaveCall(client: Client, callId: string): Promise<void> {
  answered(await client.invoke('command', { commandId: randomUUID(), callId, command: { type: 'leave' } }));
}

/** @returns the call's id */
export async function comeIn(client: Client, meeting: LinkedMeeting): Promise<string> {
  const joined = answered(await askToJoin(client, meeting));
  if (joined.state !== 'in') throw new Error('in the lobby');
  return joined.log.callId;
}
