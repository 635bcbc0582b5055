import { QrCode } from '../../parts/qr-code.tsx';
import type { DetailsWords } from '../../parts/refusal-details.tsx';
import type { ButtonControl, PanelDescription, PanelItem } from '../description.ts';
import { ButtonView, FieldView, ListView, type Send, TextView } from './controls.tsx';

interface PanelViewOptions {
  readonly panel: PanelDescription;
  readonly send: Send;
  /** Of the fold behind which codes for support stand. */
  readonly words: DetailsWords;
}

/** One panel as a part of the page: its role and name from the description, its controls keyed. */
export function PanelView({ panel, send, words }: PanelViewOptions) {
  const titleId = `panel-${panel.id}-title`;
  // The focus comes to the buttons of a question: what stands above them has to be said, too.
  const asked = panel.role === 'alertdialog' ? panel.items.filter(({ kind }) => kind === 'text') : [];
  const live = panel.role === 'status' ? 'polite' : undefined;
  return (
    <section
      class="panel"
      data-panel={panel.id}
      role={panel.role}
      aria-labelledby={titleId}
      aria-describedby={asked.map(({ key }) => textId(panel, key)).join(' ') || undefined}
      aria-live={live}
      tabIndex={-1}
      onKeyDown={panel.role === 'toolbar' ? moveFocusInRow : undefined}
    >
      <div class={panel.showTitle ? 'panel-head' : 'panel-head visually-hidden'}>
        <h2 id={titleId}>{panel.title}</h2>
        {panel.header.length > 0 && (
          <div class="panel-actions">
            {panel.header.map((control) => (
              <ButtonView key={control.key} control={control} send={send} />
            ))}
          </div>
        )}
      </div>
      {panel.items.map((item) => (
        <ItemView key={item.key} id={textId(panel, item.key)} item={item} send={send} words={words} />
      ))}
    </section>
  );
}

const textId = (panel: PanelDescription, key: string): string => `panel-${panel.id}-${key}`;

interface ItemViewOptions {
  /** Of a text. */
  readonly id: string;
  readonly item: PanelItem;
  readonly send: Send;
  readonly words: DetailsWords;
}

function ItemView({ id, item, send, words }: ItemViewOptions) {
  switch (item.kind) {
    case 'text':
      return <TextView id={id} item={item} words={words} />;
    case 'button':
      return <ButtonView control={item} send={send} />;
    case 'row':
      return <div class="row">{buttons(item.controls, send)}</div>;
    case 'choices':
      return (
        <div class="row choices" role="radiogroup" aria-label={item.name} onKeyDown={moveFocusInRow}>
          {buttons(item.options, send)}
        </div>
      );
    case 'list':
      return <ListView item={item} send={send} />;
    case 'field':
      return <FieldView item={item} send={send} />;
    case 'code':
      return (
        <div class="code">
          <QrCode modules={item.modules} label={item.name} />
        </div>
      );
    case 'keyboard':
      // The page has the keyboard of its device.
      return null;
  }
}

function buttons(controls: readonly ButtonControl[], send: Send) {
  return controls.map((control) => <ButtonView key={control.key} control={control} send={send} />);
}

/** Arrow keys walk along a row of tools; Tab still reaches each of them. */
function moveFocusInRow(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const row = [...event.currentTarget.querySelectorAll('button')];
  const at = document.activeElement instanceof HTMLButtonElement ? row.indexOf(document.activeElement) : -1;
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  row[(at + step + row.length) % row.length]?.focus();
}
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
