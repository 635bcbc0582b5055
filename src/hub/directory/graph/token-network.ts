import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** Somebody waits for the search that needs the token. */
const TIMEOUT_MS = 10_000;

/** How msal-node reaches the sign-in provider: in time or not at all, and never led to another host. */
export const TOKEN_NETWORK: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options),
  sendPostRequestAsync: (url, options) => send('POST', url, options),
};

async function send<T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
  const response = await fetch(url, {
    method,
    headers: options.headers ?? {},
    body: options.body ?? null,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // The library checks the shape of what it is answered.
  const body = (await response.json()) as T;
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}
