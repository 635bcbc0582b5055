/** Endpoints of a demo tenant below its issuer, by the names that oidc-provider gives them. */
export const ROUTES = { authorization: '/authorize', token: '/token', jwks: '/keys', end_session: '/logout' } as const;

/** The issuer of a demo tenant, on the hub's own origin, in the form that Microsoft Entra ID uses. */
export function demoIssuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}
