import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DetailsWords } from '../../parts/refusal-details.tsx';
import type { PanelDescription } from '../description.ts';
import type { Send } from './controls.tsx';
import { PanelView } from './panel-view.tsx';

interface PanelsViewOptions {
  readonly panels: readonly PanelDescription[];
  readonly send: Send;
  readonly words: DetailsWords;
}

/**
 * All panels of the page. What has the focus keeps it; when that goes away, the panel that came instead gets it. A question takes
 * the focus, and gives it back where it came from.
 */
export function PanelsView({ panels, send, words }: PanelsViewOptions) {
  const root = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  const beforeQuestion = useRef<Element | null>(null);
  const known = useRef<ReadonlySet<string>>(new Set());
  const shown = panels.filter((panel) => panel.surface !== 'room');

  useLayoutEffect(() => {
    const before = known.current;
    known.current = new Set(shown.map((panel) => panel.id));
    const appeared = shown.find((panel) => !before.has(panel.id) && panel.role !== 'status');
    const lost = focused.current !== null && !focused.current.isConnected;
    const urgent = appeared?.role === 'alertdialog' && before.size > 0;
    if (root.current === null || !(lost || urgent)) return;
    const back = beforeQuestion.current;
    beforeQuestion.current = urgent && !lost ? focused.current : null;
    focused.current = null;
    if (appeared === undefined && back instanceof HTMLElement && back.isConnected) {
      back.focus();
      return;
    }
    focusPanel(root.current, appeared?.id ?? shown.find((panel) => panel.role !== 'status')?.id);
  });

  return (
    <div
      ref={root}
      class="panels"
      onFocusIn={(event) => {
        focused.current = event.target instanceof Element ? event.target : null;
      }}
      onFocusOut={(event) => {
        // Leaving by choice; an element that is removed while focused fires no such event with a next target.
        if (event.relatedTarget !== null) focused.current = null;
      }}
    >
      {/* There before it says anything: what comes along with its words is not announced. */}
      <p class="visually-hidden" role="status">
        {panels.flatMap(({ said }) => said ?? []).join(' ')}
      </p>
      {shown.map((panel) => (
        <PanelView key={panel.id} panel={panel} send={send} words={words} />
      ))}
    </div>
  );
}

function focusPanel(root: HTMLElement, id: string | undefined): void {
  const panel = id === undefined ? null : root.querySelector<HTMLElement>(`[data-panel="${id}"]`);
  const first = panel?.querySelector<HTMLElement>('input, [role="alertdialog"] button');
  (first ?? panel)?.focus();
}
