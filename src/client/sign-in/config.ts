import * as v from 'valibot';

const https = v.pipe(v.string(), v.url(), v.startsWith('https://'));
const origin = v.pipe(v.string(), v.url());
const filled = v.pipe(v.string(), v.minLength(1));

const tenantSchema = v.object({
  tenantId: filled,
  name: filled,
  domains: v.array(filled),
  /** What the sign-in library is told; with `authorityMetadata` its host need not exist. */
  authority: https,
  knownAuthorities: v.array(filled),
  /** JSON text of the provider's endpoints, where the library must not look for them itself. */
  authorityMetadata: v.optional(filled),
  /** The exact `iss` that an ID token of this tenant has. */
  issuer: origin,
  spaClientId: filled,
  scope: filled,
});

/** What every page learns from `/config.json` before anybody is signed in. */
const publicConfigSchema = v.object({
  product: filled,
  /** True where the demo companies sign in without passwords; the pages show it. */
  demo: v.boolean(),
  tenants: v.pipe(v.array(tenantSchema), v.minLength(1)),
});

export type PublicTenant = v.InferOutput<typeof tenantSchema>;
export type PublicConfig = v.InferOutput<typeof publicConfigSchema>;

export type ConfigResult =
  | { readonly ok: true; readonly config: PublicConfig }
  /** `unreachable`: no answer, try again. `invalid`: an answer that this page does not understand. */
  | { readonly ok: false; readonly code: 'unreachable' | 'invalid' };

/** Asks the hub for the configuration. Never rejects. */
export async function loadPublicConfig(fetchJson: typeof fetch = fetch): Promise<ConfigResult> {
  let content: unknown;
  try {
    const response = await fetchJson('/config.json', { cache: 'no-store', credentials: 'same-origin' });
    if (!response.ok) return { ok: false, code: 'unreachable' };
    content = await response.json();
  } catch (error) {
    return { ok: false, code: error instanceof SyntaxError ? 'invalid' : 'unreachable' };
  }
  const parsed = v.safeParse(publicConfigSchema, content);
  return parsed.success ? { ok: true, config: parsed.output } : { ok: false, code: 'invalid' };
}
