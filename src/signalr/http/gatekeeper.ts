import type { IncomingMessage } from 'node:http';
import type { Logger } from '../logger.ts';
import type { AuthResult, SignalRServerOptions } from '../options.ts';
import { type AuthRequest, isSameOrigin, toAuthRequest } from './auth-request.ts';
import type { Refusal } from './refusal.ts';

export type Admission<Context> =
  | { readonly ok: true; readonly request: AuthRequest; readonly who: Extract<AuthResult<Context>, { ok: true }> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Decides whether a request may go on: origin first, then the application's word. */
export type Gatekeeper<Context> = (
  stage: AuthRequest['stage'],
  message: IncomingMessage,
) => Promise<Admission<Context>>;

type GatekeeperOptions<Context> = Pick<SignalRServerOptions<Context>, 'authenticate' | 'allowOrigin'>;

export function createGatekeeper<Context>(options: GatekeeperOptions<Context>, logger: Logger): Gatekeeper<Context> {
  const { authenticate, allowOrigin = isSameOrigin } = options;
  return async (stage, message) => {
    const request = toAuthRequest(stage, message);
    if (request === undefined) return refused(400, 'The request has no usable path.');
    try {
      if (!allowOrigin(message.headers.origin, request)) return refused(403, 'Pages of this origin may not connect.');
      const who = await authenticate(request);
      return who.ok ? { ok: true, request, who } : refused(who.status, who.reason);
    } catch (error) {
      logger.error({ stage, err: error }, 'A request could not be authenticated');
      return refused(500, 'The server failed to authenticate the request.');
    }
  };
}

function refused(status: Refusal['status'], reason: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { status, reason } };
}
