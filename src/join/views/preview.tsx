import type { DeviceChoice } from '../../client/media/device-choice.ts';
import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { Frame } from './frame.tsx';
import { DeviceChoices, OwnPreview } from './own-preview.tsx';

interface PreviewProps {
  readonly join: Join;
  readonly choice: DeviceChoice;
  readonly asking: boolean;
  readonly unreachable: boolean;
}

/** What will be seen and heard, before anybody does. */
export function Preview({ join, choice, asking, unreachable }: PreviewProps) {
  const { t } = useTexts();
  const own = join.own.value;
  return (
    <Frame
      title={t('join.previewTitle')}
      wide
      onBack={asking ? undefined : join.back}
      actions={
        <>
          {unreachable ? (
            <p class="refused-note" role="alert">
              {t('join.unreachable')}
            </p>
          ) : null}
          <button type="button" class="button button-accent button-large" disabled={asking} onClick={join.ask}>
            {t(asking ? 'join.asking' : 'join.ask')}
          </button>
        </>
      }
    >
      <p class="lead">{t('join.previewHint')}</p>
      {own === null ? null : (
        <div class="own-media">
          <OwnPreview own={own} choice={choice} />
          <DeviceChoices own={own} choice={choice} />
        </div>
      )}
    </Frame>
  );
}
