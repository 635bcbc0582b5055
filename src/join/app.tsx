import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DeviceChoice } from '../client/media/device-choice.ts';
import type { Entry } from '../client/sign-in/entry.ts';
import type { DeviceKind } from '../domain/call/state.ts';
import { Gate } from '../ui/sign-in/gate.tsx';
import { CallTextsContext } from '../ui/text/call-texts.ts';
import type { CallScreenProps } from './call/call-screen.tsx';
import type { Join, Visitor } from './join.ts';
import { type JoinTexts, JoinTextsContext, useTexts } from './join-texts.ts';
import { splashWords } from './step-words.ts';
import { Announcer } from './views/announcer.tsx';
import { CallMissing, Closed, Over, TakenOver, Unreachable } from './views/endings.tsx';
import { Lobby } from './views/lobby.tsx';
import { OnHeadset } from './views/on-headset.tsx';
import { Preview } from './views/preview.tsx';
import { Naming, Welcome } from './views/welcome.tsx';

export interface AppProps {
  readonly join: Join;
  readonly entry: Entry<Visitor>;
  readonly texts: JoinTexts;
  readonly choice: DeviceChoice;
  readonly kind: DeviceKind;
}

export function App(props: AppProps) {
  const { texts, join } = props;
  const { company } = join.course.value;
  useEffect(() => {
    document.title = company === null ? texts.t('join.pageTitle') : `${company} – ${texts.t('join.pageTitle')}`;
  }, [company, texts]);
  return (
    <JoinTextsContext.Provider value={texts}>
      <CallTextsContext.Provider value={texts}>
        <Announcer join={join} />
        <StepView {...props} />
      </CallTextsContext.Provider>
    </JoinTextsContext.Provider>
  );
}

/** In place of all of it, where the page is seen through a headset. */
export function WornApp({ texts }: Pick<AppProps, 'texts'>) {
  return (
    <JoinTextsContext.Provider value={texts}>
      <OnHeadset />
    </JoinTextsContext.Provider>
  );
}

function StepView({ join, entry, texts, choice, kind }: AppProps) {
  const { t } = texts;
  const { step } = join.course.value;
  switch (step.kind) {
    case 'opening':
    case 'returning':
    case 'entering':
      return <Splash text={splashWords(step.kind, t)} />;
    case 'unreachable':
      return <Unreachable join={join} />;
    case 'closed':
      return <Closed join={join} code={step.code} />;
    case 'choosing':
      return <Welcome join={join} />;
    case 'naming':
      return <Naming join={join} problem={step.problem !== null} />;
    case 'signingIn':
      return <SigningIn join={join} entry={entry} />;
    case 'preview':
      return <Preview join={join} choice={choice} asking={step.asking} unreachable={step.unreachable} />;
    case 'lobby':
      // Whoever is admitted sees the call at once, also where the network is poor just then.
      void fetchCall();
      return <Lobby join={join} choice={choice} />;
    case 'inCall':
      return <LazyCall join={join} choice={choice} kind={kind} />;
    case 'over':
      return <Over join={join} why={step.why} again={step.again} />;
    case 'takenOver':
      return <TakenOver join={join} />;
  }
}

/** Read out by the page's announcer. */
function Splash({ text }: { readonly text: string }) {
  return (
    <main class="splash">
      <p class="splash-text">
        <span class="brand-mark splash-mark" aria-hidden="true" />
        {text}
      </p>
    </main>
  );
}

function SigningIn({ join, entry }: Pick<AppProps, 'join' | 'entry'>) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      <Gate entry={entry} texts={texts} lead={t('join.signInLead')}>
        {() => <Splash text={t('join.opening')} />}
      </Gate>
      <p class="beside-gate">
        <button type="button" class="button button-bare button-large" onClick={join.chooseGuest}>
          {t('join.noAccount')}
        </button>
      </p>
    </>
  );
}

/** Everything about sound and pictures is fetched by those who wait or were let in. */
const fetchCall = () => import('./call/call-screen.tsx').catch(() => null);

function LazyCall(props: CallScreenProps) {
  const { t } = useTexts();
  const [Screen, setScreen] = useState<ComponentType<CallScreenProps> | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    void fetchCall().then((fetched) => {
      if (wanted) setScreen(() => fetched?.CallScreen ?? 'failed');
    });
    return () => {
      wanted = false;
    };
  }, []);
  if (Screen === 'failed') return <CallMissing />;
  return Screen === null ? <Splash text={t('join.entering')} /> : <Screen {...props} />;
}
