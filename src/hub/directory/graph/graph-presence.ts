import * as v from 'valibot';
import type { PersonKey } from '../../../domain/call/state.ts';
import type { Asker, Elsewhere } from '../directory.ts';
import type { GraphClient } from './graph-client.ts';

/** `getPresencesByUserId` takes no more. */
const MAX_IDS = 650;

const presenceSchema = v.object({
  value: v.array(
    v.object({
      id: v.pipe(v.string(), v.toLowerCase()),
      availability: v.nullish(v.string(), null),
      activity: v.nullish(v.string(), null),
    }),
  ),
});

/** What Teams says of people of the asker's tenant. */
export async function readPresences(
  client: GraphClient,
  asker: Asker,
  people: readonly PersonKey[],
): Promise<ReadonlyMap<PersonKey, Elsewhere>> {
  const own = people.filter((key) => key.startsWith(`${asker.tid}:`)).slice(0, MAX_IDS);
  if (own.length === 0) return new Map();
  const ids = own.map((key) => key.slice(asker.tid.length + 1));
  const path = '/communications/getPresencesByUserId';
  const { value } = await client.post(asker, { path, body: { ids }, schema: presenceSchema });
  return new Map(
    value.flatMap(({ id, availability, activity }) => {
      const elsewhere = elsewhereOf(availability, activity);
      return elsewhere === null ? [] : [[`${asker.tid}:${id}`, elsewhere] as const];
    }),
  );
}

const IN_CALL = new Set(['InACall', 'InAConferenceCall', 'Presenting']);
const AWAY = new Set(['Away', 'BeRightBack', 'Busy', 'BusyIdle', 'DoNotDisturb', 'AvailableIdle']);

/** null where Teams knows nothing: somebody may use Sightline alone. Values: "presence resource type", Microsoft Graph. */
function elsewhereOf(availability: string | null, activity: string | null): Elsewhere | null {
  if (activity !== null && IN_CALL.has(activity)) return 'inCall';
  if (availability === 'Available') return 'available';
  return availability !== null && AWAY.has(availability) ? 'away' : null;
}
