import type { LinkQuality, MediaLink } from '../../client/types.ts';
import type { Participant } from '../../domain/call/state.ts';
import type { CallTexts } from '../text/call-texts.ts';

/** What the way to somebody looks like, the worst first; null when there is nothing to say. */
export type LinkNotice =
  | { readonly kind: 'reconnecting' | 'connecting'; readonly text: string }
  | { readonly kind: 'no-path'; readonly text: string; readonly advice: string };

/** The hub knows when somebody is away from it, the link when media stopped: either is a reason to say so. */
export function linkNotice(participant: Participant, link: MediaLink | null, { t }: CallTexts): LinkNotice | null {
  const { name } = participant;
  const state = link?.state.value;
  if (state === 'no-path') {
    return { kind: 'no-path', text: t('link.noPath'), advice: t('link.noPathWhat', { name }) };
  }
  if (participant.state === 'reconnecting' || state === 'reconnecting') {
    return { kind: 'reconnecting', text: t('link.reconnecting', { name }) };
  }
  return state === 'connecting' ? { kind: 'connecting', text: t('link.connecting', { name }) } : null;
}

/** Somebody else's camera, where it is missing against their will. */
export function peerProblem({ name, media }: Participant, { t }: CallTexts): string | null {
  return media.problem === 'none' ? null : t(`peer.${media.problem}`, { name });
}

/** Figures for those who want to know; a dash for what was not measured. */
export function qualityFigures(quality: LinkQuality, { t, language }: CallTexts): string {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const figure = (value: number | null): string => (value === null ? '–' : whole.format(value));
  return t('quality.figures', {
    kbps: figure(quality.receivedKbps),
    ms: figure(quality.roundTripMs),
    loss: figure(quality.lossRatio === null ? null : quality.lossRatio * 100),
    fps: figure(quality.framesPerSecond),
  });
}
