import type { Entry } from '../client/sign-in/entry.ts';
import { Gate } from '../ui/sign-in/gate.tsx';
import { CallTextsContext } from '../ui/text/call-texts.ts';
import type { CallNotifications } from './calls/notifications.ts';
import type { Ringer } from './calls/ringer.ts';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';
import { type DeskTexts, DeskTextsContext } from './desk-texts.ts';

export interface AppProps {
  readonly entry: Entry<Desk>;
  readonly texts: DeskTexts;
  readonly ringer: Ringer;
  readonly notifications: CallNotifications;
}

export function App({ entry, texts, ringer, notifications }: AppProps) {
  return (
    <DeskTextsContext.Provider value={texts}>
      <CallTextsContext.Provider value={texts}>
        <Gate entry={entry} texts={texts} lead={texts.t('signIn.lead')}>
          {(desk, { demo }) => (
            <DeskPage
              desk={desk}
              demo={demo}
              ringer={ringer}
              notifications={notifications}
              onSignIn={() => void entry.signInAgain()}
              onOtherAccount={() => void entry.askAgain()}
            />
          )}
        </Gate>
      </CallTextsContext.Provider>
    </DeskTextsContext.Provider>
  );
}
