import { missingLicence, type Refusal } from '../../domain/call/refusal.ts';
import { refusalKey } from '../text/refusal-key.ts';
import { type TextItem, textItem } from './description.ts';
import type { HeadsetTexts } from './view.ts';

/** The sentence for a refusal; the one for a missing licence names it. */
export function refusalText(refusal: Refusal, { t }: HeadsetTexts): string {
  const licence = missingLicence(refusal);
  return licence === null ? t(refusalKey(refusal)) : t('closed.licence', { licence });
}

/** A refusal as a line: what happened and what to do, with code and reference for support behind it. */
export function refusalItem(key: string, refusal: Refusal, texts: HeadsetTexts): TextItem {
  const { code, reference = null } = refusal;
  return textItem(key, refusalText(refusal, texts), { tone: 'waiting', icon: 'warning', detail: code, reference });
}
