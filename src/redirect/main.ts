import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
import { takeReturn } from '../client/sign-in/return-path.ts';

/** What the sign-in library calls its way back from signing out (`ApiId.logout`). */
const LOGOUT_API_ID = 961;

/** Goes where the library wants, but after signing out to the page that asked for it. */
const navigation = {
  async navigateInternal(url: string, { apiId }: { readonly apiId: number }): Promise<boolean> {
    location.replace(apiId === LOGOUT_API_ID ? takeReturn() : url);
    return true;
  },
  async navigateExternal(url: string): Promise<boolean> {
    location.replace(url);
    return true;
  },
};

// An address without an answer was opened by hand, or came back from a sign-out without one: the first page helps.
broadcastResponseToMainFrame(navigation).catch(() => {
  if (window.self === window.top) location.replace(takeReturn());
});
