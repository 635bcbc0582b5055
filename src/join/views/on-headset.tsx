import { useTexts } from '../join-texts.ts';
import { Frame } from './frame.tsx';

/** Nobody comes by a link with a headset on: whoever wears one is licensed and signed in. */
export function OnHeadset() {
  const { t } = useTexts();
  return (
    <Frame
      title={t('join.headsetTitle')}
      sign={{ icon: 'glasses', tone: 'waiting' }}
      actions={
        <a class="button button-accent button-large" href="/">
          {t('join.headsetOpen')}
        </a>
      }
    >
      <p class="lead">{t('join.headset')}</p>
      <p class="quiet">{t('join.headsetHint')}</p>
    </Frame>
  );
}
