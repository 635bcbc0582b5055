import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';

/** Shared screens that the wearer does not want to see. One that is shared anew is seen again. */
export interface ClosedScreens {
  readonly people: ReadonlySignal<ReadonlySet<PersonKey>>;
  close(person: PersonKey): void;
  dispose(): void;
}

export function createClosedScreens(session: CallSession): ClosedScreens {
  const people = signal<ReadonlySet<PersonKey>>(new Set());
  const stopReopening = effect(() => {
    const { participants } = session.state.value;
    const still = [...people.value].filter((person) => participants[person]?.media.video === 'screen');
    if (still.length < people.value.size) people.value = new Set(still);
  });
  return {
    people,
    close(person) {
      people.value = new Set([...people.value, person]);
      session.sendRelay(person, { type: 'closeScreen' });
    },
    dispose: stopReopening,
  };
}
