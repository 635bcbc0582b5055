import { ToolButton } from '../parts/tool-button.tsx';
import { usePopover } from '../parts/use-popover.ts';
import { useCallTexts } from '../text/call-texts.ts';

/** The keys as they are printed on a keyboard, with what they do. */
const KEYS = [
  ['E', 'key.toggleEditing'],
  ['A', 'key.arrow'],
  ['I', 'key.ink'],
  ['1 – 5', 'key.colours'],
  ['← ↑ → ↓', 'key.move'],
  ['Enter', 'key.pen'],
  ['Esc', 'key.escape'],
  ['Ctrl+Z', 'key.undo'],
  ['Shift+Del', 'key.eraseAll'],
] as const;

export function KeyHelp() {
  const { t } = useCallTexts();
  const { open, toggle, root } = usePopover();
  return (
    <div class="popover-root" ref={root}>
      <ToolButton icon="keyboard" label={t('editing.keysShort')} expanded={open} onClick={toggle} />
      {open ? (
        <section class="popover keys" aria-label={t('editing.keys')}>
          <h2 class="strong">{t('editing.keys')}</h2>
          <p class="quiet">{t('editing.keysWhere')}</p>
          <dl>
            {KEYS.map(([key, text]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </div>
  );
}
