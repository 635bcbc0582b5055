import type { RefusalCode } from '../../domain/call/refusal.ts';
import { type OverReason, remedyFor } from '../course.ts';
import type { Join } from '../join.ts';
import { type JoinTexts, useTexts } from '../join-texts.ts';
import { Frame } from './frame.tsx';

/** The link leads nowhere now: why, and what to do. */
export function Closed({ join, code }: { readonly join: Join; readonly code: RefusalCode }) {
  const { t } = useTexts();
  const { account, company } = join.course.value;
  return (
    <Frame
      title={closedTitle(code, t)}
      actions={<RemedyButton join={join} remedy={remedyFor(code, account !== null)} />}
    >
      {company === null ? null : <p class="strong">{company}</p>}
      <p class="lead" role="alert">
        {t(`refusal.${code}`)}
      </p>
    </Frame>
  );
}

function RemedyButton({ join, remedy }: { readonly join: Join; readonly remedy: ReturnType<typeof remedyFor> }) {
  const { t } = useTexts();
  if (remedy === 'none') return null;
  const label = { 'ask-again': 'join.askAgain', 'look-again': 'join.lookAgain', 'sign-in': 'join.signIn' } as const;
  return (
    <button
      type="button"
      class="button button-accent button-large"
      onClick={remedy === 'sign-in' ? join.chooseSignIn : () => void join.retry()}
    >
      {t(label[remedy])}
    </button>
  );
}

function closedTitle(code: RefusalCode, t: JoinTexts['t']): string {
  switch (code) {
    case 'link-unknown':
      return t('join.unknownTitle');
    case 'link-expired':
      return t('join.expiredTitle');
    case 'link-revoked':
      return t('join.revokedTitle');
    case 'one-time-full':
    case 'meeting-full':
    case 'lobby-full':
      return t('join.fullTitle');
    case 'meeting-not-joinable':
      return t('join.earlyTitle');
    case 'meeting-cancelled':
      return t('join.cancelledTitle');
    case 'meeting-moved':
      return t('join.movedTitle');
    case 'anonymous-off':
      return t('join.accountTitle');
    case 'lobby-denied':
      return t('join.deniedTitle');
    case 'waited-too-long':
      return t('join.waitedTitle');
    default:
      return t('join.closedTitle');
  }
}

const OVER = {
  ended: ['join.endedTitle', 'join.endedMeeting'],
  left: ['join.leftTitle', 'join.left'],
  lost: ['join.lostTitle', 'join.lost'],
  'not-allowed': ['join.removedTitle', 'join.removed'],
} as const;

interface OverProps {
  readonly join: Join;
  readonly why: OverReason;
  readonly again: boolean;
}

export function Over({ join, why, again }: OverProps) {
  const { t } = useTexts();
  // A one-time call has ended, whoever ended it.
  const [title, words] = again ? OVER[why] : (['join.endedTitle', 'join.ended'] as const);
  return (
    <Frame
      title={t(title)}
      actions={
        again ? (
          <button type="button" class="button button-accent button-large" onClick={() => void join.retry()}>
            {t('join.again')}
          </button>
        ) : null
      }
    >
      <p class="lead" role="status">
        {t(words)}
      </p>
    </Frame>
  );
}

export function TakenOver({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  return (
    <Frame
      title={t('join.takenOverTitle')}
      actions={
        <button type="button" class="button button-accent button-large" onClick={join.ask}>
          {t('join.continueHere')}
        </button>
      }
    >
      <p class="lead" role="status">
        {t('join.takenOver')}
      </p>
    </Frame>
  );
}

export function Unreachable({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  return (
    <Frame
      title={t('join.unreachableTitle')}
      actions={
        <button type="button" class="button button-accent button-large" onClick={() => void join.retry()}>
          {t('action.retry')}
        </button>
      }
    >
      <p class="lead" role="alert">
        {t('join.unreachable')}
      </p>
    </Frame>
  );
}
