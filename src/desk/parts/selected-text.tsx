import { useEffect, useRef } from 'preact/hooks';

interface SelectedTextProps {
  readonly label: string;
  readonly text: string;
}

/** What the browser would not copy, selected: one key copies it. */
export function SelectedText({ label, text }: SelectedTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [text]);
  return (
    <textarea
      class="field selected-text"
      ref={field}
      aria-label={label}
      readOnly
      rows={Math.min(8, text.split('\n').length)}
      value={text}
    />
  );
}
