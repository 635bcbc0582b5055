import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What operators watch. Labels are codes and method names, never people. */
export interface Metrics {
  answered(method: string, code: string): void;
  signInRefused(code: string): void;
  connections(count: number): void;
  openCalls(count: number): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** A registry of its own, so that several hubs can live in one process. */
export function createMetrics(options: { readonly process: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const answers = new Counter({
    name: 'sightline_answers_total',
    help: 'Answered invocations by method and code; "ok" for accepted ones.',
    labelNames: ['method', 'code'],
    registers,
  });
  const refused = new Counter({
    name: 'sightline_sign_ins_refused_total',
    help: 'Connections refused for their access token, by reason.',
    labelNames: ['code'],
    registers,
  });
  const connections = new Gauge({ name: 'sightline_connections', help: 'Connected pages.', registers });
  const openCalls = new Gauge({ name: 'sightline_open_calls', help: 'Calls that have not ended.', registers });
  return {
    answered: (method, code) => answers.inc({ method, code }),
    signInRefused: (code) => refused.inc({ code }),
    connections: (count) => connections.set(count),
    openCalls: (count) => openCalls.set(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
