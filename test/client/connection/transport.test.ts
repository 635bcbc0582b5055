import { describe, expect, it } from 'vitest';
import { createSignalRTransport, UnauthorizedError } from '../../../src/client/connection/transport.ts';

/** Nobody listens here, and nobody is asked: without a token there is no request. */
const NOWHERE = 'http://127.0.0.1:9/hub';

describe('connecting without an access token', () => {
  it('is unauthorized when only a new sign-in gives one', async () => {
    const transport = createSignalRTransport(NOWHERE, async () => null);
    await expect(transport.connect()).rejects.toBeInstanceOf(UnauthorizedError);
  });

  it('is a failure like any other while the sign-in provider is away', async () => {
    const away = new Error('The sign-in provider cannot be reached: 401 of 500 servers are down.');
    const transport = createSignalRTransport(NOWHERE, () => Promise.reject(away));
    await expect(transport.connect()).rejects.toBe(away);
  });

  it('is judged anew each time', async () => {
    let token: string | null = null;
    const transport = createSignalRTransport(NOWHERE, async () => token);
    await expect(transport.connect()).rejects.toBeInstanceOf(UnauthorizedError);
    token = 'a token';
    await expect(transport.connect()).rejects.not.toBeInstanceOf(UnauthorizedError);
  });
});
