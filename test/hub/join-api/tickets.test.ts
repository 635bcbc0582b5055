import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createTokenValidator } from '../../../src/hub/identity/validate-token.ts';
import { createTickets, type Visit } from '../../../src/hub/join-api/tickets.ts';
import { authenticate } from '../../../src/hub/methods/sign-in.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { DANA, TID } from '../support/hub-bench.ts';

const START_MS = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;

async function signer() {
  const { values } = createMemoryStore();
  const now = { ms: START_MS };
  const tickets = await createTickets(values, () => now.ms);
  const key = Buffer.from(String(await values.get('join-keys', 'key', 0)), 'base64url');
  const visit: Visit = { person: `anon:${randomUUID()}`, name: 'Chris', tid: TID, meetingId: randomUUID() };
  const connect = (accessToken: string) =>
    authenticate(
      { validator: createTokenValidator([]), tickets, nowMs: () => now.ms },
      { accessToken, stage: 'negotiate' } as Parameters<typeof authenticate>[1],
      () => {},
    );
  return { tickets, key, visit, now, connect };
}

const decoded = (token: string): string =>
  token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');

describe('a ticket', () => {
  test('says who comes to which meeting, for five minutes and no longer [SPEC 11.4]', async () => {
    const { tickets, visit, now, connect } = await signer();
    const { token, endsMs } = await tickets.ticket(visit);
    expect(endsMs).toBe(START_MS + 5 * MINUTE_MS);
    expect(await connect(token)).toMatchObject({ ok: true, userId: visit.person, context: { visit } });
    now.ms = endsMs - 1_000;
    expect(await tickets.readTicket(token)).toEqual(visit);
    now.ms = endsMs + 1_000;
    expect(await tickets.readTicket(token)).toBeNull();
    expect(await connect(token)).toMatchObject({ ok: false, status: 401, reason: 'not-signed-in' });
  });

  test('counts with no character altered, added or taken away', async () => {
    const { tickets, visit, connect } = await signer();
    const { token } = await tickets.ticket(visit);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const place = fc.nat({ max: token.length - 1 });
    const letter = fc.constantFrom(...alphabet);
    const altered = fc.oneof(
      fc.tuple(place, letter).map(([at, other]) => token.slice(0, at) + other + token.slice(at + 1)),
      fc.tuple(place, letter).map(([at, other]) => token.slice(0, at) + other + token.slice(at)),
      place.map((at) => token.slice(0, at)),
      fc
        .tuple(place, place)
        .map(([from, to]) => token.slice(0, Math.min(from, to)) + token.slice(Math.max(from, to) + 1)),
      fc.string(),
    );
    const isAnother = (other: string): boolean => decoded(other) !== decoded(token) || other.length !== token.length;
    await fc.assert(
      fc.asyncProperty(altered.filter(isAnother), async (other) => {
        expect(await tickets.readTicket(other)).toBeNull();
        expect(await tickets.readCookie(other)).toBeNull();
        expect(await connect(other)).toMatchObject({ ok: false, status: 401 });
      }),
      { numRuns: 500 },
    );
  });

  test('counts with no claim that the hub has not signed', async () => {
    const { tickets, visit, connect } = await signer();
    const [head = '', body = '', signature = ''] = (await tickets.ticket(visit)).token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const changes = fc.record(
      {
        sub: fc.constantFrom(DANA, `anon:${randomUUID()}`, '', 'anon:'),
        meeting: fc.uuid(),
        tid: fc.uuid(),
        name: fc.string(),
        aud: fc.constantFrom('ticket', 'cookie', 'api'),
        exp: fc.constantFrom(START_MS, 4_000_000_000, -1, null),
        iss: fc.string(),
      },
      { requiredKeys: [] },
    );
    const algorithms = fc.constantFrom('HS256', 'none', 'None', 'HS512', 'RS256', '');
    await fc.assert(
      fc.asyncProperty(changes, algorithms, async (changed, alg) => {
        const forged = `${encoded({ alg })}.${encoded({ ...claims, ...changed })}.${alg === 'HS256' ? signature : ''}`;
        fc.pre(forged !== `${head}.${body}.${signature}`);
        expect(await tickets.readTicket(forged)).toBeNull();
        expect(await connect(forged)).toMatchObject({ ok: false, status: 401 });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['of another hub’s key', { key: randomBytes(32) }],
    ['without an algorithm that is ours', { alg: 'HS512' }],
    ['for another use', { audience: 'cookie' }],
    ['of another issuer', { issuer: 'somebody' }],
    ['without an end', { endless: true }],
    ['that names no meeting', { meeting: undefined }],
    ['for nobody', { subject: 'nobody' }],
  ])('%s does not count, whoever has signed it', async (_what, changes) => {
    const { tickets, key, visit } = await signer();
    const made = { key, alg: 'HS256', audience: 'ticket', issuer: 'sightline', subject: visit.person, ...changes };
    const meeting = 'meeting' in changes ? {} : { meeting: visit.meetingId };
    const token = new SignJWT({ name: visit.name, tid: visit.tid, ...meeting })
      .setProtectedHeader({ alg: made.alg })
      .setIssuer(made.issuer)
      .setAudience(made.audience)
      .setSubject(made.subject);
    if (!('endless' in changes)) token.setExpirationTime(START_MS / 1000 + 60);
    const signed = await token.sign(made.alg === 'HS512' ? randomBytes(64) : made.key);
    expect(await tickets.readTicket(signed)).toBeNull();
  });

  test('and the cookie are not taken for each other', async () => {
    const { tickets, visit } = await signer();
    expect(await tickets.readCookie((await tickets.ticket(visit)).token)).toBeNull();
    expect(await tickets.readTicket(await tickets.cookie(visit))).toBeNull();
    expect(await tickets.readCookie(await tickets.cookie(visit))).toEqual(visit);
  });
});
