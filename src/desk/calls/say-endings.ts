import type { CallSession } from '../../client/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { DeskTexts } from '../desk-texts.ts';
import type { Toasts } from '../shell/toasts.ts';
import { otherName } from './who.ts';

/** Of those who were rung and did not come, and of those whom a rule removed, people hear; who leaves is seen to. */
const TOLD_OF_OTHERS = ['declined', 'busy', 'missed', 'not-allowed'] as const;

interface Words {
  readonly toasts: Toasts;
  readonly texts: DeskTexts;
}

/**
 * The state of a call that is over tells that it is over; its last events tell why. Leaving oneself needs no words.
 * Who was removed by a rule hears of it as of an end: for them it is one.
 */
export function sayEndings(session: CallSession, me: PersonKey, { toasts, texts: { t } }: Words): void {
  let firstToLeave: PersonKey | null = null;
  const stop = session.onEvent(({ event }) => {
    const state = session.state.value;
    if (event.type === 'joined') firstToLeave = null;
    if (event.type === 'left') {
      firstToLeave ??= event.person;
      if (event.person === me && event.reason === 'not-allowed') toasts.say(t('ended.not-allowed'));
      const reason = TOLD_OF_OTHERS.find((one) => one === event.reason);
      if (event.person !== me && reason !== undefined && isIn(state.participants[me])) {
        toasts.say(t(`gone.${reason}`, { name: state.participants[event.person]?.name ?? t('ended.somebody') }));
      }
    }
    if (event.type !== 'ended') return;
    stop();
    if (firstToLeave === me) return;
    toasts.say(t(`ended.${event.reason}`, { name: otherName(state, me) ?? t('ended.somebody') }));
  });
}
