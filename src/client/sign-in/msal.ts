import type { Configuration, IPublicClientApplication } from '@azure/msal-browser';
import type { PublicTenant } from './config.ts';

/** The one page that the provider may lead back to; it hands the answer over to the page that asked. */
const REDIRECT_PATH = '/redirect.html';

/** Earlier than our own renewal, so that a token we no longer take is never answered from the library's cache. */
const LIBRARY_RENEWAL_OFFSET_S = 300;

/** Loads the sign-in library, about 77 kB compressed, and makes it ready for one tenant. */
export async function createMsalClient(tenant: PublicTenant): Promise<IPublicClientApplication> {
  const { LogLevel, ProtocolMode, PublicClientApplication } = await import('@azure/msal-browser');
  const configuration: Configuration = {
    auth: {
      clientId: tenant.spaClientId,
      authority: tenant.authority,
      knownAuthorities: [...tenant.knownAuthorities],
      ...(tenant.authorityMetadata === undefined ? {} : { authorityMetadata: tenant.authorityMetadata }),
      redirectUri: location.origin + REDIRECT_PATH,
      postLogoutRedirectUri: location.origin + REDIRECT_PATH,
    },
    // A shared headset forgets the account when the page is closed.
    cache: { cacheLocation: 'sessionStorage' },
    system: {
      protocolMode: ProtocolMode.AAD,
      tokenRenewalOffsetSeconds: LIBRARY_RENEWAL_OFFSET_S,
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  };
  const client = new PublicClientApplication(configuration);
  await client.initialize();
  return client;
}
