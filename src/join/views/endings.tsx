import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { IconName } from '../../ui/icons.ts';
import { type OverReason, type Remedy, remedyFor } from '../course.ts';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { closedWords, overWords, type StepWords } from '../step-words.ts';
import { Frame } from './frame.tsx';

interface ToldProps {
  readonly words: StepWords;
  readonly icon: IconName;
  /** The company, once it is known. */
  readonly company?: string | null;
  /** What to do besides, or instead of, the action. */
  readonly hint?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** One thing to know, and at most one to do. It is read out by the page's announcer. */
function Told({ words, icon, company = null, hint, action }: ToldProps) {
  return (
    <Frame
      title={words.title}
      sign={{ icon, tone: 'plain' }}
      actions={
        action === undefined ? null : (
          <button type="button" class="button button-accent button-large" onClick={action.run}>
            {action.label}
          </button>
        )
      }
    >
      {company === null ? null : <p class="strong">{company}</p>}
      <p class="lead">{words.lead}</p>
      {hint === undefined ? null : <p class="quiet">{hint}</p>}
    </Frame>
  );
}

/** The link leads nowhere now: why, and what to do. */
export function Closed({ join, code }: { readonly join: Join; readonly code: RefusalCode }) {
  const { t } = useTexts();
  const { account, company } = join.course.value;
  const remedy = remedyFor(code, account !== null);
  return (
    <Told
      words={closedWords(code, t)}
      icon={closedIcon(code)}
      company={company}
      hint={hasNewLinkAhead(code) ? t('join.newLink') : undefined}
      action={remedyAction(join, remedy, t)}
    />
  );
}

function remedyAction(join: Join, remedy: Remedy, t: ReturnType<typeof useTexts>['t']): ToldProps['action'] {
  switch (remedy) {
    case 'none':
      return undefined;
    case 'sign-in':
      return { label: t('join.signIn'), run: join.chooseSignIn };
    case 'ask-again':
      return { label: t('join.askAgain'), run: () => void join.retry() };
    case 'look-again':
      return { label: t('join.lookAgain'), run: () => void join.retry() };
  }
}

/** Where this link is done with, and whoever invited may make another. */
function hasNewLinkAhead(code: RefusalCode): boolean {
  switch (code) {
    case 'link-unknown':
    case 'link-expired':
    case 'link-revoked':
    case 'one-time-full':
    case 'meeting-cancelled':
    case 'not-found':
      return true;
    default:
      return false;
  }
}

function closedIcon(code: RefusalCode): IconName {
  switch (code) {
    case 'link-unknown':
    case 'link-expired':
    case 'link-revoked':
    case 'not-found':
      return 'link';
    case 'one-time-full':
    case 'meeting-full':
    case 'lobby-full':
      return 'people';
    case 'meeting-not-joinable':
    case 'meeting-cancelled':
    case 'meeting-moved':
      return 'meeting';
    case 'anonymous-off':
    case 'not-signed-in':
    case 'sign-in-expired':
      return 'person';
    default:
      return 'info';
  }
}

interface OverProps {
  readonly join: Join;
  readonly why: OverReason;
  readonly again: boolean;
}

export function Over({ join, why, again }: OverProps) {
  const { t } = useTexts();
  return (
    <Told
      words={overWords(why, again, t)}
      icon={why === 'lost' ? 'offline' : 'end-call'}
      hint={t(again ? 'join.closePage' : 'join.newLink')}
      action={again ? { label: t('join.again'), run: () => void join.retry() } : undefined}
    />
  );
}

export function TakenOver({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  return (
    <Told
      words={{ title: t('join.takenOverTitle'), lead: t('join.takenOver') }}
      icon="switch"
      action={{ label: t('join.continueHere'), run: join.ask }}
    />
  );
}

export function Unreachable({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  return (
    <Told
      words={{ title: t('join.unreachableTitle'), lead: t('join.unreachable') }}
      icon="offline"
      action={{ label: t('action.retry'), run: () => void join.retry() }}
    />
  );
}

/** The network was away just when the call's own code was fetched. The page loaded anew comes back into the call. */
export function CallMissing() {
  const { t } = useTexts();
  return (
    <Told
      words={{ title: t('join.unreachableTitle'), lead: t('join.codeMissing') }}
      icon="offline"
      action={{ label: t('action.retry'), run: () => location.reload() }}
    />
  );
}
