import { randomUUID } from 'node:crypto';
import type { KnockAnswer, LinkLook } from '../../../src/protocol/join-api/messages.ts';
import type { JoinAnswer, MeetingWithLink } from '../../../src/protocol/meetings.ts';
import type { HubAnswer } from '../../../src/protocol/types.ts';
import { AUDIO } from './hub-bench.ts';
import type { Client, WireBench } from './wire-bench.ts';

/** What the page behind a join link asks, without a socket. */
export interface Asked<T> {
  readonly status: number;
  readonly body: T;
  /** To be sent with the next request. */
  readonly cookie: Readonly<Record<string, string>>;
}

async function post<T>(
  { join }: WireBench,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Asked<T>> {
  const request = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const response = await join.request(path, request, { incoming: { socket: { remoteAddress: '203.0.113.9' } } });
  const cookie = response.headers.get('Set-Cookie')?.split(';', 1)[0];
  return {
    status: response.status,
    body: (await response.json()) as T,
    cookie: cookie === undefined ? {} : { Cookie: cookie },
  };
}

export const look = async (bench: WireBench, token: string, headers: Readonly<Record<string, string>> = {}) =>
  (await post<LinkLook>(bench, '/look', { token }, headers)).body;

export const knockAt = (
  bench: WireBench,
  { token, name = '' }: { readonly token: string; readonly name?: string },
  headers: Readonly<Record<string, string>> = {},
): Promise<Asked<KnockAnswer>> => post(bench, '/knock', { token, name }, headers);

export const tokenOf = ({ url }: { readonly url: string }): string => url.split('/').at(-1) ?? '';

export async function oneTimeCall(agent: Client): Promise<MeetingWithLink> {
  const request = { commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 30 };
  const answer = await agent.invoke('createOneTimeCall', request);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

export const join = (client: Client, meetingId: string): Promise<HubAnswer<JoinAnswer>> =>
  client.invoke('joinMeeting', { commandId: randomUUID(), meetingId, media: AUDIO });
