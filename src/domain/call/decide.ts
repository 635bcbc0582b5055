import type { Actor, CallCommand, HubCommand } from './command.ts';
import type { CallEvent } from './event.ts';
import type { Result } from './refusal.ts';
import type { CallState } from './state.ts';

export type Decide = (state: CallState, command: CallCommand | HubCommand, actor: Actor) => Result<readonly CallEvent[]>;
