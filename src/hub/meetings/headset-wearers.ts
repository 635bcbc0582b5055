import type { PersonKey } from '../../domain/call/state.ts';
import type { Clock } from '../clock.ts';
import type { ValueStore } from '../store/store.ts';

/**
 * Who has worn a headset lately. Whoever plans a meeting does so at a desk, technicians too: only this tells that nobody may be
 * there to open the lobby.
 */
export interface HeadsetWearers {
  saw(person: PersonKey): void;
  has(person: PersonKey): Promise<boolean>;
}

const COLLECTION = 'headset-wearers';
const REMEMBERED_MS = 90 * 86_400_000;

export function createHeadsetWearers(
  values: Pick<ValueStore, 'get' | 'set'>,
  clock: Pick<Clock, 'nowMs'>,
  onFailure: (error: unknown) => void,
): HeadsetWearers {
  return {
    saw(person) {
      const expiresAtMs = clock.nowMs() + REMEMBERED_MS;
      values.set(COLLECTION, person, { value: true, group: null, expiresAtMs }).catch(onFailure);
    },
    has: async (person) => (await values.get(COLLECTION, person, clock.nowMs())) === true,
  };
}
