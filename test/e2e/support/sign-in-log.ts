import type { Page } from '@playwright/test';
import { COMPLETION, INVOCATION, invocation, messagesOf } from './hub-messages.ts';

/** How a page keeps its sign-in, read off its requests and its socket. */
export interface SignInLog {
  /** With what it asked for each token, the oldest first, e.g. `refresh_token`. */
  grants(): readonly string[];
  /** Until when the hub takes the page for signed in, by the newest token that it accepted; ms since the epoch. */
  untilMs(): number;
  /** How often the hub said that it keeps the connection for the call alone. */
  holds(): number;
  /** How often the page itself, not a frame in it, went to another document. */
  navigations(): number;
  hiddenFrames(): number;
  /** Asks the hub in the page's name, on the page's own connection. */
  ask(method: string, request: unknown): Promise<unknown>;
}

declare global {
  interface Window {
    testSockets?: WebSocket[];
  }
}

/** Before the page loads. */
export async function readSignIn(page: Page): Promise<SignInLog> {
  const grants: string[] = [];
  const answers = new Map<string, (answer: unknown) => void>();
  let untilMs = 0;
  let holds = 0;
  let navigations = 0;
  let hiddenFrames = 0;

  page.on('request', (request) => {
    const grant = new URLSearchParams(request.postData() ?? '').get('grant_type');
    if (grant !== null) grants.push(grant);
  });
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) navigations += 1;
  });
  page.on('frameattached', () => {
    hiddenFrames += 1;
  });
  page.on('websocket', (socket) => {
    const url = new URL(socket.url());
    if (!url.pathname.startsWith('/hub')) return;
    untilMs = endOfTokenMs(url.searchParams.get('access_token') ?? '');
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string') for (const message of messagesOf(payload)) read(message);
    });
  });
  await page.addInitScript(() => {
    const sockets: WebSocket[] = [];
    window.testSockets = sockets;
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
  });

  function read(message: readonly unknown[]): void {
    if (message[0] === INVOCATION && message[3] === 'signInHeld') holds += 1;
    if (message[0] !== COMPLETION) return;
    const answer = message[4] as { readonly value?: { readonly expiresAtMs?: unknown } } | undefined;
    if (typeof answer?.value?.expiresAtMs === 'number') untilMs = answer.value.expiresAtMs;
    answers.get(String(message[2]))?.(answer);
  }

  return {
    grants: () => grants,
    untilMs: () => untilMs,
    holds: () => holds,
    navigations: () => navigations,
    hiddenFrames: () => hiddenFrames,
    async ask(method, request) {
      const id = `test-${crypto.randomUUID()}`;
      const answered = new Promise<unknown>((resolve) => answers.set(id, resolve));
      await page.evaluate(
        (bytes) => window.testSockets?.findLast((socket) => socket.url.includes('/hub'))?.send(Uint8Array.from(bytes)),
        [...invocation(id, method, request)],
      );
      return answered;
    },
  };
}

function endOfTokenMs(token: string): number {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { readonly exp: number };
  return 1000 * claims.exp;
}
