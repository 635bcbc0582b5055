// Before any component: makes components follow the signals that they read.
import '@preact/signals';
import { render } from 'preact';
import { createAdminClient } from '../client/admin-api/admin-client.ts';
import { loadPublicConfig } from '../client/sign-in/config.ts';
import { createEntry } from '../client/sign-in/entry.ts';
import { accessTokenOf, createSignIn } from '../client/sign-in/sign-in.ts';
import { createTenantMemory, DESK_TENANT_KEY } from '../client/sign-in/tenant-binding.ts';
import { loadTexts } from '../ui/text/languages.ts';
import { adminCatalogue } from './admin-texts.ts';
import { type Administration, createAdministration } from './administration.ts';
import { App } from './app.tsx';

const texts = await loadTexts(adminCatalogue, navigator.languages);
document.documentElement.lang = texts.language;
document.title = texts.t('admin.title');

const entry = createEntry<Administration>({
  loadConfig: () => loadPublicConfig(),
  createSignIn: (tenant) => createSignIn(tenant),
  open: (signIn) =>
    createAdministration({
      client: createAdminClient({ accessToken: accessTokenOf(signIn) }),
      company: signIn.tenant.name,
      signOut: () => void entry.signOut(),
    }),
  close: async (administration) => administration.dispose(),
  // The desk's: who comes from there in the same tab is signed in already.
  memory: createTenantMemory(() => sessionStorage, DESK_TENANT_KEY),
});

const root = document.getElementById('admin');
if (root !== null) render(<App entry={entry} texts={texts} />, root);
await entry.start();
