import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { IconName } from '../../ui/icons.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { useTexts } from '../join-texts.ts';

interface FrameProps {
  readonly title: string;
  /** For a screen that tells one thing and asks for nothing: in the middle, under a sign. */
  readonly sign?: { readonly icon: IconName; readonly tone: 'plain' | 'waiting' } | undefined;
  /** Where it makes sense to go a step back. */
  readonly onBack?: (() => void) | undefined;
  readonly children?: ComponentChildren;
  /** At the bottom, where a thumb is. */
  readonly actions?: ComponentChildren;
  /** Two columns where there is room. */
  readonly wide?: boolean;
  /** Another element of the screen takes the focus. */
  readonly focusElsewhere?: boolean;
}

/** One screen: its title, what there is to know, and the actions below. The title takes the focus, so that it is read. */
export function Frame(props: FrameProps) {
  const { title, sign, onBack, children, actions, wide = false, focusElsewhere = false } = props;
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (!focusElsewhere) heading.current?.focus();
  }, [focusElsewhere]);
  return (
    <main class={`step${sign === undefined ? '' : ' step-told'}${wide ? ' step-wide' : ''}`}>
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
      <div class="step-main">
        {sign === undefined ? null : (
          <span class={`step-sign step-sign-${sign.tone}`}>
            <Icon name={sign.icon} size={28} />
          </span>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      <div class="step-actions">{actions}</div>
    </main>
  );
}
