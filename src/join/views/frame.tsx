import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../join-texts.ts';

interface FrameProps {
  readonly title: string;
  /** Where it makes sense to go a step back. */
  readonly onBack?: (() => void) | undefined;
  readonly children?: ComponentChildren;
  /** At the bottom, where a thumb is. */
  readonly actions?: ComponentChildren;
}

/** One screen: its title, what there is to know, and the actions below. The title takes the focus, so that it is read. */
export function Frame({ title, onBack, children, actions }: FrameProps) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="step">
      <p class="step-brand">
        {onBack === undefined ? (
          <span class="brand-mark" aria-hidden="true" />
        ) : (
          <button type="button" class="icon-button" aria-label={t('action.back')} onClick={onBack}>
            <Icon name="previous" />
          </button>
        )}
        {t('product.name')}
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <div class="step-body">{children}</div>
      <div class="step-actions">{actions}</div>
    </main>
  );
}
