import { describe, expect, it } from 'vitest';
import { createLinkHealthMonitor, type LinkFacts, type LinkRemedy } from '../../../src/client/media/link-health.ts';

/** A link that was connected until 10 s, then silent. `negotiatedAtMs` says when the peer answered last. */
function afterSilence(answersAtMs: readonly number[], untilMs: number) {
  const health = createLinkHealthMonitor(0);
  const remedies: [number, LinkRemedy][] = [];
  let last = health.check(facts(0, { heardAtMs: 0, negotiatedAtMs: 0 }));
  for (let nowMs = 500; nowMs <= untilMs; nowMs += 500) {
    const negotiatedAtMs = [0, ...answersAtMs].filter((at) => at <= nowMs).at(-1) ?? 0;
    last = health.check(facts(nowMs, { heardAtMs: Math.min(nowMs, 10_000), negotiatedAtMs }));
    if (last.remedy !== 'none') remedies.push([nowMs, last.remedy]);
  }
  return { state: last.state, remedies };
}

function facts(nowMs: number, rest: Partial<LinkFacts> = {}): LinkFacts {
  return { nowMs, connectionState: 'connected', heardAtMs: null, negotiatedAtMs: null, ...rest };
}

describe('the health of a link', () => {
  it('is connecting until something comes', () => {
    const health = createLinkHealthMonitor(0);
    expect(health.check(facts(500, { connectionState: 'new' })).state).toBe('connecting');
    expect(health.check(facts(1000, { negotiatedAtMs: 900 })).state).toBe('connecting');
    expect(health.check(facts(1500, { negotiatedAtMs: 900, heardAtMs: 1400 })).state).toBe('connected');
  });

  it('is reconnecting two seconds after the last packet, whatever the browser still says', () => {
    expect(afterSilence([], 11_500).state).toBe('connected');
    expect(afterSilence([], 12_000)).toEqual({ state: 'reconnecting', remedies: [[12_000, 'restart-ice']] });
  });

  it('restarts ICE ever more rarely', () => {
    expect(afterSilence([], 40_000).remedies.map(([at]) => at)).toEqual([12_000, 16_000, 22_000, 30_000, 40_000]);
  });

  it('is told no path only after twenty seconds in which both sides had negotiated', () => {
    expect(afterSilence([], 60_000).state).toBe('reconnecting');
    expect(afterSilence([15_000], 34_500).state).toBe('reconnecting');
    expect(afterSilence([15_000], 35_000).state).toBe('no-path');
  });

  it('starts over after three restarts that were answered and did not help', () => {
    const answered = [12_500, 16_500, 22_500, 30_500];
    expect(afterSilence(answered, 31_000).remedies.map(([, remedy]) => remedy)).toEqual([
      'restart-ice',
      'restart-ice',
      'restart-ice',
      'start-over',
    ]);
  });

  it('starts over when nobody has answered for half a minute', () => {
    const remedies = afterSilence([], 60_000).remedies.filter(([, remedy]) => remedy === 'start-over');
    expect(remedies.map(([at]) => at)).toEqual([50_000]);
  });

  it('helps a first connection only when it has failed or taken too long', () => {
    const health = createLinkHealthMonitor(0);
    const negotiatedAtMs = 1000;
    expect(health.check(facts(8500, { connectionState: 'connecting', negotiatedAtMs })).remedy).toBe('none');
    expect(health.check(facts(9000, { connectionState: 'connecting', negotiatedAtMs })).remedy).toBe('restart-ice');
    const failed = createLinkHealthMonitor(0);
    expect(failed.check(facts(2000, { connectionState: 'failed', negotiatedAtMs })).remedy).toBe('restart-ice');
  });

  it('leaves a link alone that works, also when told to hasten', () => {
    const health = createLinkHealthMonitor(0);
    health.check(facts(500, { heardAtMs: 500, negotiatedAtMs: 100 }));
    health.hasten();
    expect(health.check(facts(1000, { heardAtMs: 900, negotiatedAtMs: 100 })).remedy).toBe('none');
  });

  it('mends at once when told to hasten during an outage', () => {
    const health = createLinkHealthMonitor(0);
    health.check(facts(500, { heardAtMs: 500, negotiatedAtMs: 100 }));
    expect(health.check(facts(3000, { heardAtMs: 500, negotiatedAtMs: 100 })).remedy).toBe('restart-ice');
    expect(health.check(facts(3500, { heardAtMs: 500, negotiatedAtMs: 100 })).remedy).toBe('none');
    health.hasten();
    expect(health.check(facts(3600, { heardAtMs: 500, negotiatedAtMs: 100 })).remedy).toBe('restart-ice');
  });

  it('is connected again with the first packet, and begins the next outage afresh', () => {
    const health = createLinkHealthMonitor(0);
    health.check(facts(500, { heardAtMs: 500, negotiatedAtMs: 100 }));
    health.check(facts(3000, { heardAtMs: 500, negotiatedAtMs: 100 }));
    expect(health.check(facts(3500, { heardAtMs: 3400, negotiatedAtMs: 100 })).state).toBe('connected');
    expect(health.check(facts(6000, { heardAtMs: 3400, negotiatedAtMs: 100 })).remedy).toBe('restart-ice');
  });
});
