import type { Refusal } from '../../domain/call/refusal.ts';
import { detailsWords, RefusalDetails } from '../../ui/parts/refusal-details.tsx';
import { refusalText } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';

interface RefusedNoteProps {
  readonly refusal: Refusal;
  readonly onRetry?: () => void;
}

/** What was refused and what to do, in its place on the page; with what an administrator would ask for. */
export function RefusedNote({ refusal, onRetry }: RefusedNoteProps) {
  const texts = useTexts();
  const { code, reference = null } = refusal;
  return (
    <div class="refused-note" role="alert">
      <p>{refusalText(texts, refusal)}</p>
      {reference === null ? null : <RefusalDetails code={code} reference={reference} words={detailsWords(texts.t)} />}
      {onRetry === undefined ? null : (
        <button type="button" class="button" onClick={onRetry}>
          {texts.t('action.retry')}
        </button>
      )}
    </div>
  );
}
