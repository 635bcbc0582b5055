import * as v from 'valibot';
import { REACH_ACTIONS } from '../../domain/reach/model.ts';

/** Where administrators' pages ask, below the hub's origin. */
export const ADMIN_PATH = '/api/admin';

export const ADMIN_LIMITS = {
  /** A policy file with 100,000 people takes about 30 MB. */
  fileBytes: 48 * 1024 * 1024,
  /** Everything else is a few words. */
  requestBytes: 16 * 1024,
  /** People who are there already, in one question. */
  present: 10,
  /** Records on one page of the audit. */
  recordsPerPage: 200,
  searchChars: 128,
  /** Requests of one person: a steady rate, and the burst it may save up. */
  requestsPerSecond: 5,
  requestsBurst: 30,
} as const;

const file = v.string();
/** A mail address, or the key of somebody of the own company. */
const who = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(320));

/** Of a list: a whole number in a query. */
const wholeNumber = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.minValue(1), v.maxValue(most));

export const checkRequestSchema = v.strictObject({ file });
export const applyRequestSchema = v.strictObject({
  file,
  /** The one that the change was made from. */
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
export const tryRequestSchema = v.strictObject({
  from: who,
  to: who,
  action: v.picklist(REACH_ACTIONS),
  present: v.optional(v.pipe(v.array(who), v.maxLength(ADMIN_LIMITS.present)), []),
});
export const peopleQuerySchema = v.strictObject({
  query: v.pipe(v.string(), v.maxLength(ADMIN_LIMITS.searchChars)),
});
export const auditQuerySchema = v.strictObject({
  before: v.optional(wholeNumber(Number.MAX_SAFE_INTEGER)),
  limit: v.optional(wholeNumber(ADMIN_LIMITS.recordsPerPage)),
  reference: v.optional(v.pipe(v.string(), v.trim(), v.toUpperCase(), v.maxLength(16))),
});

export type TryRequest = v.InferInput<typeof tryRequestSchema>;
