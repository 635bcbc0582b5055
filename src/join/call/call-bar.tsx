import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { DeviceKind } from '../../domain/call/state.ts';
import { ToolButton } from '../../ui/parts/tool-button.tsx';
import { useTexts } from '../join-texts.ts';
import { OwnTools } from '../views/own-preview.tsx';
import type { JoinCall } from './join-call.ts';
import { Limits } from './limits-list.tsx';

interface CallBarProps {
  readonly call: JoinCall;
  readonly choice: DeviceChoice;
  readonly kind: DeviceKind;
  readonly onEnd: () => void;
}

/** At the bottom, where a thumb is. */
export function CallBar({ call, choice, kind, onEnd }: CallBarProps) {
  const { t } = useTexts();
  const { own, part } = call;
  const oneTime = part.kind === 'oneTime';
  return (
    <fieldset class="tools" aria-label={t('call.tools')}>
      <OwnTools own={own} choice={choice} />
      {canShareScreen() ? <ShareTool call={call} /> : null}
      <Limits call={call} kind={kind} canShareScreen={canShareScreen()} />
      <ToolButton icon="end-call" label={t(oneTime ? 'join.endCall' : 'join.leave')} tone="danger" onClick={onEnd} />
    </fieldset>
  );
}

/** Phones have no such thing. */
const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

function ShareTool({ call }: Pick<CallBarProps, 'call'>) {
  const { t } = useTexts();
  const shares = call.own.media.value.video === 'screen';
  return (
    <ToolButton
      icon={shares ? 'share-stop' : 'share'}
      label={t(shares ? 'call.stopShare' : 'call.share')}
      onClick={() => void call.own.setVideo(shares ? 'off' : 'screen')}
    />
  );
}
