import type { Entry } from '../client/sign-in/entry.ts';
import { Gate } from '../ui/sign-in/gate.tsx';
import { AdminPage } from './admin-page.tsx';
import { type AdminTexts, AdminTextsContext } from './admin-texts.ts';
import type { Administration } from './administration.ts';

export interface AppProps {
  readonly entry: Entry<Administration>;
  readonly texts: AdminTexts;
}

export function App({ entry, texts }: AppProps) {
  return (
    <AdminTextsContext.Provider value={texts}>
      <Gate entry={entry} texts={texts} lead={texts.t('admin.lead')}>
        {(administration, { demo }) => (
          <AdminPage administration={administration} demo={demo} onSignIn={() => void entry.signInAgain()} />
        )}
      </Gate>
    </AdminTextsContext.Provider>
  );
}
