import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createJoinLink, LinkUnreachableError, linkToken } from '../../../src/client/join/join-link.ts';

const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
const LOOK = { company: 'ABC', organizer: null, closed: null, returning: { name: 'Carla' } };
const KNOCK = { meetingId: 'm', person: 'anon:1', name: 'Carla', ticket: 't', ticketEndsMs: 5 };

const answering = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));

describe('the token in the address of a join link', () => {
  it('is what stands behind /join/, with or without a slash after it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), (token) => {
        expect(linkToken(`/join/${token}`)).toBe(token);
        expect(linkToken(`/join/${token}/`)).toBe(token);
      }),
    );
  });

  it('is empty where there is none', () => {
    expect(['/join/', '/join', '/', '/join/a/b', '/x/join/a'].map(linkToken)).toEqual(['', '', '', '', '']);
  });
});

describe('a join link', () => {
  it('is looked at with its token in the body, never in an address, and with the cookie of an earlier visit', async () => {
    const ask = answering(200, LOOK);
    await expect(createJoinLink(TOKEN, ask).look(null)).resolves.toEqual({ ok: true, value: LOOK });
    const [url, init] = ask.mock.calls[0] ?? [];
    expect(url).toBe('/api/join/look');
    expect(init).toMatchObject({ method: 'POST', credentials: 'same-origin', body: JSON.stringify({ token: TOKEN }) });
    expect(init?.headers).not.toHaveProperty('Authorization');
  });

  it('says who is signed in by their access token', async () => {
    const ask = answering(200, KNOCK);
    await createJoinLink(TOKEN, ask).knock('', 'abc');
    expect(ask.mock.calls[0]?.[1]?.headers).toMatchObject({ Authorization: 'Bearer abc' });
  });

  it('passes on why the door is shut', async () => {
    const link = createJoinLink(TOKEN, answering(429, { code: 'too-many-requests' }));
    await expect(link.knock('Carla', null)).resolves.toEqual({ ok: false, refusal: { code: 'too-many-requests' } });
  });

  it.each([
    ['the network is away', vi.fn<typeof fetch>(async () => Promise.reject(new TypeError('Failed to fetch')))],
    ['something else answers', answering(200, '<!doctype html>')],
    ['the answer is of another age', answering(200, { company: 7 })],
    ['the reason is none that this page knows', answering(418, { code: 'teapot' })],
  ])('is out of reach where %s', async (_, ask) => {
    await expect(createJoinLink(TOKEN, ask).look(null)).rejects.toBeInstanceOf(LinkUnreachableError);
  });
});
