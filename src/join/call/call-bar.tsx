import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { DeviceKind } from '../../domain/call/state.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { ToolButton } from '../../ui/parts/tool-button.tsx';
import { usePopover } from '../../ui/parts/use-popover.ts';
import { useTexts } from '../join-texts.ts';
import { OwnTools } from '../views/own-preview.tsx';
import type { JoinCall } from './join-call.ts';
import { limitsOf } from './limits.ts';

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
      <Limits call={call} kind={kind} />
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

/** What this person may not do here, each greyed, with the reason. */
function Limits({ call, kind }: Pick<CallBarProps, 'call' | 'kind'>) {
  const { t } = useTexts();
  const { root, open, toggle } = usePopover();
  const limits = limitsOf(call.part, kind);
  if (limits.length === 0) return null;
  return (
    <div class="popover-root" ref={root}>
      <ToolButton icon="info" label={t('join.limits')} expanded={open} onClick={toggle} />
      {open ? (
        <section class="popover limits" aria-label={t('join.limitsTitle')}>
          <h2 class="strong">{t('join.limitsTitle')}</h2>
          <ul>
            {limits.map(({ right, code }) => (
              <li key={right}>
                <p class="limit" aria-disabled="true">
                  <Icon name="ignore" size={16} />
                  {t(`join.may.${right}`)}
                </p>
                <p class="quiet">{t(`refusal.${code}`)}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
