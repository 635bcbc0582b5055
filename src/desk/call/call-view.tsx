import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { RemoteSound } from '../../ui/stage/remote-sound.tsx';
import { ringingOut } from '../calls/who.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { Stage } from '../stage/stage.tsx';
import { CallControls } from './call-controls.tsx';
import type { DeskCall } from './desk-call.ts';
import { PeoplePanel } from './people-panel.tsx';

/** Stays while another section is shown, so that picture, sound and drawings go on. */
export function CallView({
  desk,
  call,
  hidden,
}: {
  readonly desk: Desk;
  readonly call: DeskCall;
  readonly hidden: boolean;
}) {
  const { t } = useTexts();
  const target = call.onStage.value;
  const ringing = ringingOut(call.session.state.value, call.me);
  return (
    <main class="call" hidden={hidden} aria-label={t('call.label')}>
      <h1 class="visually-hidden">{t('call.label')}</h1>
      {target === null ? (
        <section class="stage" aria-label={t('stage.label')}>
          {ringing === null ? <Waiting /> : <RingingOut call={call} name={ringing.name} />}
          <div class="bar">{ringing === null ? <CallControls call={call} /> : null}</div>
        </section>
      ) : (
        <Stage key={target.person} desk={desk} call={call} target={target}>
          <CallControls call={call} />
        </Stage>
      )}
      <PeoplePanel desk={desk} call={call} />
      <RemoteSound call={call} />
      {call.asksToEnd.value ? (
        <AskDialog
          title={t('endCall.title')}
          body={t('endCall.body')}
          keep={t('endCall.stay')}
          go={t('tool.endCall')}
          onKeep={() => call.stay()}
          onGo={() => void call.leave()}
        />
      ) : null}
    </main>
  );
}

function Waiting() {
  const { t } = useTexts();
  return (
    <div class="stage-area">
      <div class="stage-empty" role="status">
        <p class="stage-empty-title">{t('stage.nobody')}</p>
      </div>
    </div>
  );
}

function RingingOut({ call, name }: { readonly call: DeskCall; readonly name: string }) {
  const { t } = useTexts();
  return (
    <div class="stage-area">
      <div class="stage-empty" role="status">
        <span class="ringing">
          <Avatar name={name} large />
        </span>
        <p class="stage-empty-title">{t('outgoing.title', { name })}</p>
        <p class="stage-empty-hint">{t('outgoing.hint')}</p>
        <button type="button" class="button button-danger" onClick={() => void call.leave()}>
          <Icon name="end-call" />
          {t('outgoing.cancel')}
        </button>
      </div>
    </div>
  );
}
