import type { LinkQuality, MediaLink } from '../../client/types.ts';
import { useCallTexts } from '../text/call-texts.ts';
import { qualityFigures } from './link-words.ts';

const BARS: Readonly<Record<LinkQuality['level'], number>> = { unknown: 0, poor: 1, fair: 2, good: 3 };

/** Three bars; the figures come on hover, and as the bars' description. */
export function QualityMeter({ name, link }: { readonly name: string; readonly link: MediaLink }) {
  const texts = useCallTexts();
  const quality = link.quality.value;
  const figures = qualityFigures(quality, texts);
  const words = `${texts.t('quality.details', { name })}: ${texts.t(`quality.${quality.level}`)}`;
  return (
    <span class={`quality quality-${quality.level}`} role="img" aria-label={words} title={`${words}. ${figures}`}>
      {[1, 2, 3].map((bar) => (
        <span key={bar} class={bar <= BARS[quality.level] ? 'quality-bar lit' : 'quality-bar'} />
      ))}
    </span>
  );
}
