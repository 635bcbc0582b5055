import type { CallSession } from '../../client/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { NoticeView } from '../../ui/panels/view.ts';
import { otherNameOf } from './call-view.ts';

/** Of those who were rung and did not come, and of those whom a rule removed, the wearer hears; who leaves is seen to. */
const TOLD_OF_OTHERS = ['declined', 'busy', 'missed', 'not-allowed'] as const;

/**
 * Says why a call is over, or why somebody else is not in it; unless the wearer ended it. Who was removed hears of it as of
 * an end: for them it is one. Returns the end of the telling, which comes by itself with the call's.
 */
export function tellEndings(
  session: CallSession,
  me: PersonKey,
  ended: { isOwn(): boolean; say(notice: NoticeView): void },
): () => void {
  const stop = session.onEvent(({ event }) => {
    const state = session.state.value;
    if (event.type === 'left') {
      if (event.person === me) {
        if (event.reason !== 'not-allowed') return;
        stop();
        ended.say({ kind: 'call-over', reason: 'not-allowed', name: '' });
        return;
      }
      const reason = TOLD_OF_OTHERS.find((one) => one === event.reason);
      const name = state.participants[event.person]?.name ?? '';
      if (reason !== undefined && isIn(state.participants[me])) ended.say({ kind: 'person-gone', reason, name });
    }
    if (event.type !== 'ended') return;
    stop();
    if (!ended.isOwn()) ended.say({ kind: 'call-over', reason: event.reason, name: otherNameOf(state, me) });
  });
  return stop;
}
