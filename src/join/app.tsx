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
import { Closed, Over, TakenOver, Unreachable } from './views/endings.tsx';
import { Lobby } from './views/lobby.tsx';
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
        <StepView {...props} />
      </CallTextsContext.Provider>
    </JoinTextsContext.Provider>
  );
}

function StepView({ join, entry, texts, choice, kind }: AppProps) {
  const { t } = texts;
  const { step } = join.course.value;
  switch (step.kind) {
    case 'opening':
      return <Splash text={t('join.opening')} />;
    case 'returning':
      return <Splash text={t('join.returning')} />;
    case 'entering':
      return <Splash text={t('join.entering')} />;
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
      return <Lobby join={join} choice={choice} place={step.place} />;
    case 'inCall':
      return <LazyCall join={join} choice={choice} kind={kind} />;
    case 'over':
      return <Over join={join} why={step.why} again={step.again} />;
    case 'takenOver':
      return <TakenOver join={join} />;
  }
}

function Splash({ text }: { readonly text: string }) {
  return (
    <p class="splash" role="status">
      {text}
    </p>
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

/** Everything about sound and pictures is fetched by those who were let in. */
function LazyCall(props: CallScreenProps) {
  const { t } = useTexts();
  const [Screen, setScreen] = useState<ComponentType<CallScreenProps> | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('./call/call-screen.tsx').then(({ CallScreen }) => {
      if (wanted) setScreen(() => CallScreen);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return Screen === null ? <Splash text={t('join.entering')} /> : <Screen {...props} />;
}
