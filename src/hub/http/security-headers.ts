export interface PageSecurity {
  /** Scheme, host and port under which browsers reach the hub. */
  readonly publicOrigin: string;
  /** Origins of the sign-in that are not the hub's own; none in the demo. */
  readonly signInOrigins: readonly string[];
}

/** Who may show a page in a frame: only the sign-in's bridge page is ever framed, by our own pages. */
export type FramedBy = 'nobody' | 'ourselves';

/**
 * A page may load and reach what comes from the hub, and the sign-in authority; nothing else. `'self'` does not cover
 * WebSockets in every browser, so their address stands beside it.
 */
export function contentSecurityPolicy({ publicOrigin, signInOrigins }: PageSecurity, framedBy: FramedBy): string {
  const ownAndSignIn = ["'self'", ...signInOrigins].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src ${ownAndSignIn} ${publicOrigin.replace(/^http/, 'ws')}`,
    `frame-src ${ownAndSignIn}`,
    `form-action ${ownAndSignIn}`,
    `frame-ancestors ${framedBy === 'ourselves' ? "'self'" : "'none'"}`,
    "base-uri 'none'",
  ].join('; ');
}

/** Of what asks people for a permission, what calls and the headset need, for our own pages alone. */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'xr-spatial-tracking=(self)',
  'fullscreen=(self)',
  'autoplay=(self)',
  'screen-wake-lock=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'serial=()',
].join(', ');

/** On every answer. No COOP or COEP: nothing here needs shared memory, and they break the sign-in's silent renewal. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': PERMISSIONS_POLICY,
};
