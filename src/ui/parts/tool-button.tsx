import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';
import { Icon } from '../parts/icon.tsx';

interface ToolButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  /** A key, or why the button does nothing now: shown on hover, read after the name. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly pressed?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  readonly tone?: 'plain' | 'accent' | 'waiting' | 'danger';
  readonly children?: ComponentChildren;
}

/**
 * A large tool with its name under the icon. Disabled ones keep the focus and tell why (`aria-disabled`): a control that
 * vanishes from the keyboard's way helps nobody.
 */
export function ToolButton(props: ToolButtonProps) {
  const { icon, label, onClick, hint, disabled = false, pressed, expanded, tone = 'plain', children } = props;
  return (
    <button
      type="button"
      class={`tool tool-${tone}`}
      aria-disabled={disabled}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-description={hint}
      title={hint === undefined ? label : `${label} (${hint})`}
      onClick={disabled ? undefined : onClick}
    >
      {children ?? <Icon name={icon} />}
      <span class="tool-label">{label}</span>
    </button>
  );
}
