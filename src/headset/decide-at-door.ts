import type { Door } from '../client/meetings/types.ts';
import type { Refusal } from '../domain/call/refusal.ts';
import type { PersonKey } from '../domain/call/state.ts';

export interface DoorDecision {
  readonly decision: 'admit' | 'deny';
  readonly meetingId: string;
  readonly people: readonly PersonKey[];
}

/** Lets people in who wait at a meeting's door, or not. @returns why that was not to be; null when it was done */
export async function decideAtDoor(
  door: Pick<Door, 'admit' | 'deny' | 'admitAll' | 'denyAll'>,
  { decision, meetingId, people }: DoorDecision,
): Promise<Refusal | null> {
  const [only, ...others] = people;
  if (only === undefined) return null;
  if (others.length > 0 && decision === 'admit') return admitAll(door, meetingId, people);
  const result = await (others.length === 0 ? door[decision](meetingId, only) : door.denyAll(meetingId, people));
  return result.ok ? null : result.refusal;
}

/** Some may have come in, and yet the wearer has to hear why others have not. */
async function admitAll(
  door: Pick<Door, 'admitAll'>,
  meetingId: string,
  people: readonly PersonKey[],
): Promise<Refusal | null> {
  const result = await door.admitAll(meetingId, people);
  if (!result.ok) return result.refusal;
  return result.value.leftOver > 0 ? { code: 'meeting-full' } : null;
}
