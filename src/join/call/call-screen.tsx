import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import type { DeviceKind } from '../../domain/call/state.ts';
import { RemoteSound } from '../../ui/stage/remote-sound.tsx';
import { nameList } from '../../ui/text/time.ts';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { aloneHint } from '../step-words.ts';
import type { JoinedCall } from '../visit.ts';
import { CallBar } from './call-bar.tsx';
import { EndDialog } from './end-dialog.tsx';
import { createJoinCall, type JoinCall, type JoinCallListeners } from './join-call.ts';
import { MainArea } from './main-area.tsx';

export interface CallScreenProps {
  readonly join: Join;
  readonly choice: DeviceChoice;
  readonly kind: DeviceKind;
}

/** The call, once its parts are there. */
export function CallScreen(props: CallScreenProps) {
  const joined = props.join.call.value;
  const own = props.join.own.value;
  if (joined === null || own === null) return null;
  return <OpenCall key={joined.session.callId} {...props} joined={joined} own={own} />;
}

interface OpenCallProps extends CallScreenProps {
  readonly joined: JoinedCall;
  readonly own: OwnMedia;
}

function OpenCall({ join, choice, kind, joined, own }: OpenCallProps) {
  const { t, language } = useTexts();
  const [said, say] = useState<string | null>(null);
  const [ending, setEnding] = useState(false);
  const call = useCall({
    joined,
    own,
    onRefused: ({ code }) => say(t(`refusal.${code}`)),
    onScreenClosed: (name, stopped) => say(t(stopped ? 'call.screenStopped' : 'call.screenClosed', { name })),
  });
  const names = call?.others.value.map(({ name }) => name) ?? [];
  // Whoever stays behind is alone, too, and nobody is announced to them.
  const met = useRef(false);
  if (names.length > 0) met.current = true;
  if (call === null) return null;
  const hint = met.current ? null : aloneHint(join.course.value, t);
  const oneTime = joined.part.kind === 'oneTime';
  return (
    <main class={`join-call join-call-${kind}`}>
      <header class="call-head">
        <h1>{names.length === 0 ? t('join.alone') : t('join.callWith', { names: nameList(names, language) })}</h1>
        {hint === null ? null : <p class="call-hint">{hint}</p>}
        <p class="call-note" role="status">
          {joined.client.status.value === 'online' ? (said ?? '') : t('join.reconnecting')}
        </p>
      </header>
      <MainArea call={call} choice={choice} kind={kind} onSay={say}>
        <CallBar call={call} choice={choice} kind={kind} onEnd={() => setEnding(true)} />
      </MainArea>
      <RemoteSound call={call.stage} />
      {ending ? (
        <EndDialog oneTime={oneTime} onEnd={() => void join.endCall()} onStay={() => setEnding(false)} />
      ) : null}
    </main>
  );
}

interface UseCallInput extends JoinCallListeners {
  readonly joined: JoinedCall;
  readonly own: OwnMedia;
}

/** The call's media and marks, as long as the screen is there. */
function useCall({ joined, own, onRefused, onScreenClosed }: UseCallInput): JoinCall | null {
  const [call, setCall] = useState<JoinCall | null>(null);
  const newest = useMemo<JoinCallListeners>(() => ({ onRefused, onScreenClosed }), []);
  Object.assign(newest, { onRefused, onScreenClosed });
  useEffect(() => {
    const created = createJoinCall(joined, own, {
      onRefused: (refusal) => newest.onRefused(refusal),
      onScreenClosed: (name, stopped) => newest.onScreenClosed(name, stopped),
    });
    setCall(created);
    return created.dispose;
  }, [joined, own, newest]);
  return call;
}
