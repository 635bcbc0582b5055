import { createSignalRTransport } from '../client/connection/transport.ts';
import { watchPageWakes } from '../client/connection/wakes.ts';
import { createSightlineClient } from '../client/sightline-client.ts';
import type { SightlineClient } from '../client/types.ts';
import type { Device } from '../domain/call/state.ts';
import type { Access } from './visit.ts';

const HUB_URL = '/hub';

/** A chunk of its own: fetched by those who ask to come in. */
export function connectToHub({ byTicket, accessToken }: Access, device: Device): SightlineClient {
  return createSightlineClient({
    transport: createSignalRTransport(HUB_URL, async () => (await accessToken())?.token ?? null),
    device,
    accessToken,
    watchWakes: watchPageWakes,
    byTicket,
  });
}
