import * as v from 'valibot';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/** True for a GUID in lower case that is not all zeros: the only form in which identifiers are compared here. */
export function isGuid(text: string): boolean {
  return GUID.test(text) && text !== NIL;
}

/** Takes a GUID in either case and hands it on in lower case. */
export const guidSchema = v.pipe(
  v.string('must be a GUID'),
  v.trim(),
  v.toLowerCase(),
  v.check(isGuid, 'must be a GUID such as 3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10'),
);
