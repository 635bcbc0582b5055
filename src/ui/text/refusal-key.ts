import type { Refusal, RefusalCode } from '../../domain/call/refusal.ts';

/** The sentence for a refusal: a meeting that is not there is looked for in another way than somebody. */
export const refusalKey = ({ code, detail }: Refusal): `refusal.${RefusalCode}` | 'notFound.meeting' =>
  code === 'not-found' && detail === 'meeting' ? 'notFound.meeting' : `refusal.${code}`;
