import type { LoggedEvent } from '../domain/call/event.ts';
import type { PersonKey } from '../domain/call/state.ts';

export interface Person {
  readonly key: PersonKey;
  readonly name: string;
  readonly mail: string;
  readonly jobTitle: string;
  readonly company: string;
}

export interface CallLog {
  readonly callId: string;
  readonly events: readonly LoggedEvent[];
}
