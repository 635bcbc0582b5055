import type { diagnostics } from '../ui/text/en/diagnostics.ts';
import type { Texts } from '../ui/text/translate.ts';
import type { CheckId, Outcome } from './check.ts';
import type { ReportLine } from './report.ts';

export interface ReportView {
  /** A check that is running. */
  begin(id: CheckId): void;
  show(line: ReportLine): void;
  setReport(text: string): void;
  selectReport(): void;
  say(text: string): void;
}

export interface ReportActions {
  onDevices(): void;
  onMixedReality(): void;
  onCopy(): void;
}

export type DiagnosticsTexts = Texts<typeof diagnostics>;

/** Plain DOM: this page must work where everything else does not. */
export function createReportView(main: HTMLElement, t: DiagnosticsTexts['t'], actions: ReportActions): ReportView {
  const title = element('h1', '');
  title.textContent = t('diagnostics.title');
  const lead = element('p', '');
  lead.textContent = t('diagnostics.lead');
  const buttons = element('p', 'actions');
  buttons.append(
    button(t('diagnostics.devices'), actions.onDevices),
    button(t('diagnostics.mixedReality'), actions.onMixedReality),
    button(t('diagnostics.copy'), actions.onCopy),
  );
  const status = element('p', 'status');
  status.setAttribute('role', 'status');
  const table = element('table', '');
  const caption = document.createElement('caption');
  caption.textContent = t('diagnostics.checks');
  const body = document.createElement('tbody');
  table.append(caption, body);
  const report = document.createElement('textarea');
  report.readOnly = true;
  report.rows = 14;
  report.setAttribute('aria-label', t('diagnostics.report'));
  main.append(title, lead, buttons, status, table, report);
  const rows = new Map<string, HTMLTableRowElement>();

  function rowOf(id: string): HTMLTableRowElement {
    const known = rows.get(id);
    if (known !== undefined) return known;
    const row = body.insertRow();
    rows.set(id, row);
    return row;
  }

  function fill(id: CheckId, outcome: Outcome | 'running', detail: string): void {
    const row = rowOf(id);
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = t(`check.${id}`);
    row.replaceChildren(head, cell(t(`outcome.${outcome}`)), cell(detail));
    row.dataset.check = id;
    row.dataset.outcome = outcome;
  }

  return {
    begin: (id) => fill(id, 'running', ''),
    show: ({ id, finding }) => fill(id, finding.outcome, finding.detail),
    setReport: (text) => {
      report.value = text;
    },
    selectReport: () => report.select(),
    say: (text) => {
      status.textContent = text;
    },
  };
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const created = element('button', '');
  created.type = 'button';
  created.textContent = label;
  created.addEventListener('click', onClick);
  return created;
}

function cell(text: string): HTMLTableCellElement {
  const created = document.createElement('td');
  created.textContent = text;
  return created;
}
