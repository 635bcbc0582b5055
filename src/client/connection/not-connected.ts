import { type Refusal, type Result, refuse } from '../../domain/call/refusal.ts';

const DETAIL = 'not connected';

/** In place of an answer: the hub was not asked, or the line went while it was. */
export const notConnected = (): Result<never> => refuse('internal', DETAIL);

/** Whether that is all that was wrong, and not the hub. */
export const isNotConnected = ({ code, detail }: Refusal): boolean => code === 'internal' && detail === DETAIL;
