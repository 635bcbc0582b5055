import type { ComponentChildren } from 'preact';

interface TableScrollProps {
  /** The id of the heading that names the table. */
  readonly labelledBy: string;
  readonly children: ComponentChildren;
}

/** A table that scrolls by itself where the page is too narrow; with the keyboard, too. */
export function TableScroll({ labelledBy, children }: TableScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in.
    <div class="table-scroll" role="group" tabIndex={0} aria-labelledby={labelledBy}>
      {children}
    </div>
  );
}
