import * as v from 'valibot';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Asker } from '../directory/directory.ts';
import type { MeetingStore } from '../store/meeting-store.ts';
import type { ValueStore } from '../store/store.ts';
import type { OwnCalendar } from './own-calendar.ts';

/** Meetings that are on their way into somebody's calendar: noted before, and forgotten when they are there and stored. */
export interface Unfinished {
  begin(person: PersonKey, meetingId: string): Promise<void>;
  end(person: PersonKey, meetingId: string): Promise<void>;
  /** Takes those out of the calendar again that came into it but never became meetings here. */
  withdraw(asker: Asker, calendar: OwnCalendar): Promise<void>;
}

export interface UnfinishedOptions {
  readonly values: Pick<ValueStore, 'set' | 'delete' | 'list'>;
  readonly meetings: Pick<MeetingStore, 'get'>;
  readonly nowMs: () => number;
}

/** Longer than any request that may still be on its way, from this hub or another one. */
const SETTLED_MS = 2 * 60_000;
/** Whoever does not come back for so long withdraws it by hand. */
const KEPT_MS = 30 * 86_400_000;
const NOT_MADE = 'This meeting was not completed in Sightline.';

const schema = v.object({ atMs: v.number() });

export function createUnfinished({ values, meetings, nowMs }: UnfinishedOptions): Unfinished {
  const collectionOf = (person: PersonKey): string => `calendar-writes/${person}`;
  const end: Unfinished['end'] = (person, meetingId) => values.delete(collectionOf(person), meetingId);
  return {
    begin: (person, meetingId) =>
      values.set(collectionOf(person), meetingId, {
        value: { atMs: nowMs() } satisfies v.InferOutput<typeof schema>,
        group: null,
        expiresAtMs: nowMs() + KEPT_MS,
      }),
    end,
    async withdraw(asker, calendar) {
      for (const { id, value } of await values.list(collectionOf(asker.person), nowMs())) {
        const parsed = v.safeParse(schema, value);
        if (parsed.success && parsed.output.atMs > nowMs() - SETTLED_MS) continue;
        if ((await meetings.get(id)) === null) {
          const events = await calendar.madeFor(asker, id);
          const standing = events.filter(({ isOrganizer, cancelled }) => isOrganizer && !cancelled);
          for (const { ref } of standing) await calendar.remove(asker, ref, NOT_MADE);
        }
        await end(asker.person, id);
      }
    },
  };
}
