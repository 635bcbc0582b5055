import { diagnostics } from '../ui/text/en/diagnostics.ts';
import { loadTexts } from '../ui/text/languages.ts';
import { cameraCheck, microphoneCheck } from './camera-check.ts';
import { type Check, runCheck } from './check.ts';
import { loopbackCheck } from './codec-check.ts';
import { pageChecks } from './page-checks.ts';
import { type ReportLine, reportText } from './report.ts';
import { createReportView, type DiagnosticsTexts } from './report-view.ts';
import { measureXr } from './xr-check.ts';

const root = document.getElementById('diagnostics');
if (root !== null) start(root, await loadTexts(diagnostics, navigator.languages));

function start(main: HTMLElement, { t, language }: DiagnosticsTexts): void {
  document.documentElement.lang = language;
  const lines = new Map<string, ReportLine>();
  const view = createReportView(main, t, {
    onDevices: () => void run([cameraCheck(), microphoneCheck()]),
    onMixedReality: () => void measureXr().then((found) => found.forEach(show)),
    onCopy: () => void copy(),
  });

  function show(line: ReportLine): void {
    lines.set(line.id, line);
    view.show(line);
    view.setReport(report());
  }

  /** One after the other: each measures, and another would disturb it. */
  async function run(checks: readonly Check[]): Promise<void> {
    for (const check of checks) {
      view.begin(check.id);
      show({ id: check.id, finding: await runCheck(check) });
    }
  }

  const report = (): string =>
    reportText([...lines.values()], { userAgent: navigator.userAgent, atIso: new Date().toISOString() });

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(report());
      view.say(t('diagnostics.copied'));
    } catch {
      view.say(t('diagnostics.copyByHand'));
      view.selectReport();
    }
  }

  void run([...pageChecks(), loopbackCheck('video/H264'), loopbackCheck('video/VP8')]);
}
