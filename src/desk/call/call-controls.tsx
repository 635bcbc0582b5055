import { ToolButton } from '../../ui/parts/tool-button.tsx';
import { useTexts } from '../desk-texts.ts';
import type { DeskCall } from './desk-call.ts';

export function CallControls({ call }: { readonly call: DeskCall }) {
  const { t } = useTexts();
  const { own } = call;
  const { audio, video } = own.media.value;
  return (
    <fieldset class="tools" aria-label={t('call.tools')}>
      <ToolButton
        icon={audio ? 'mic' : 'mic-off'}
        label={t(audio ? 'tool.mute' : 'tool.unmute')}
        onClick={() => void own.setMuted(audio)}
      />
      <ToolButton
        icon={video === 'camera' ? 'video' : 'video-off'}
        label={t(video === 'camera' ? 'tool.stopVideo' : 'tool.startVideo')}
        onClick={() => void own.setVideo(video === 'camera' ? 'off' : 'camera')}
      />
      <ToolButton
        icon={video === 'screen' ? 'share-stop' : 'share'}
        label={t(video === 'screen' ? 'call.stopShare' : 'call.share')}
        onClick={() => void own.setVideo(video === 'screen' ? 'off' : 'screen')}
      />
      <ToolButton icon="end-call" label={t('tool.endCall')} tone="danger" onClick={() => call.end()} />
    </fieldset>
  );
}
