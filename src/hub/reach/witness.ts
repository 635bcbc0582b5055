import { AsyncLocalStorage } from 'node:async_hooks';
import type { ReachAction } from '../../domain/reach/model.ts';

const asked = new AsyncLocalStorage<Set<ReachAction>>();

/** Runs some work and says which rules of reach it has obeyed on its way, however deep. */
export async function witness<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly asked: ReadonlySet<ReachAction> }> {
  const actions = new Set<ReachAction>();
  return { result: await asked.run(actions, work), asked: actions };
}

/** Told by the rules themselves, each time they have allowed something or sifted somebody. */
export function hasAsked(action: ReachAction): void {
  asked.getStore()?.add(action);
}
