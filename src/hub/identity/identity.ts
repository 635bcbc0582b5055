/** App roles that a token may carry: the licences of this product, and two duties. */
export const APP_ROLES = {
  remoteAssistUser: 'RemoteAssist.User',
  teamsUser: 'Teams.User',
  vendor: 'RemoteAssist.Vendor',
  admin: 'RemoteAssist.Admin',
} as const;
export type AppRole = (typeof APP_ROLES)[keyof typeof APP_ROLES];

/** Who somebody is, as far as a valid access token proves it. */
export interface Identity {
  /** The tenant that vouches for this person, not necessarily the person's home. */
  readonly tid: string;
  readonly oid: string;
  /** `tid:oid`, the only key of a person. */
  readonly personKey: string;
  /** For display alone. */
  readonly name: string | undefined;
  readonly mail: string | undefined;
  readonly roles: readonly string[];
  /** An account of another tenant, or of none, invited into this one. */
  readonly isGuest: boolean;
  readonly expiresAtMs: number;
  /** The application that the token was issued to. */
  readonly azp: string;
}

export type Surface = 'headset' | 'desk' | 'admin' | 'join' | 'phone';

export type Admission =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'guest-on-headset' }
  | { readonly ok: false; readonly code: 'licence-missing'; readonly licence: AppRole };

/**
 * Whether a signed-in person may use a surface. A guest never works on a headset, because a headset belongs
 * to one home tenant. The headset needs the Remote Assist licence; the desk takes either licence.
 */
export function admit(identity: Pick<Identity, 'isGuest' | 'roles'>, surface: Surface): Admission {
  if (surface === 'headset' && identity.isGuest) return { ok: false, code: 'guest-on-headset' };
  // Whoever comes by a link needs no licence: it opens that one meeting and nothing else.
  if (surface === 'join' || surface === 'phone') return { ok: true };
  const accepted = ACCEPTED_LICENCES[surface];
  if (accepted.some((role) => identity.roles.includes(role))) return { ok: true };
  return { ok: false, code: 'licence-missing', licence: accepted[0] };
}

/** The first one of each list is the one that a refusal names. */
const ACCEPTED_LICENCES: Readonly<Record<Exclude<Surface, 'join' | 'phone'>, readonly [AppRole, ...AppRole[]]>> = {
  headset: [APP_ROLES.remoteAssistUser],
  desk: [APP_ROLES.teamsUser, APP_ROLES.remoteAssistUser],
  admin: [APP_ROLES.admin],
};
