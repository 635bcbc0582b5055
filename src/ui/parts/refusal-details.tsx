import { useEffect, useState } from 'preact/hooks';
import type { common } from '../text/en/common.ts';
import type { Texts } from '../text/translate.ts';
import { Icon } from './icon.tsx';

export interface DetailsWords {
  readonly details: string;
  readonly reference: string;
  readonly code: string;
  readonly copy: string;
  readonly copied: string;
}

export const detailsWords = (t: Texts<typeof common>['t']): DetailsWords => ({
  details: t('action.details'),
  reference: t('details.reference'),
  code: t('details.code'),
  copy: t('details.copy'),
  copied: t('details.copied'),
});

interface RefusalDetailsProps {
  readonly code: string;
  readonly reference: string | null;
  readonly words: DetailsWords;
}

/** Codes are for support: folded away, and the reference with a button that copies it for the administrator. */
export function RefusalDetails({ code, reference, words }: RefusalDetailsProps) {
  return (
    <details class="refusal-details">
      <summary>{words.details}</summary>
      <dl>
        {reference === null ? null : (
          <div>
            <dt>{words.reference}</dt>
            <dd>
              <code>{reference}</code>
              <CopyButton text={reference} words={words} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.code}</dt>
          <dd>
            <code>{code}</code>
          </dd>
        </div>
      </dl>
    </details>
  );
}

/** So long the button says that it has worked. */
const COPIED_MS = 2_000;

function CopyButton({ text, words }: { readonly text: string; readonly words: DetailsWords }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  // Without a secure page there is no clipboard; the reference can still be read and selected.
  if (!('clipboard' in navigator)) return null;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <button type="button" class="copy-button" onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span role="status">{copied ? words.copied : words.copy}</span>
    </button>
  );
}
