import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSimulation, GONE, PERFECT, type Simulation } from '../../support/media-simulation.ts';

const faults = fc.record({
  lossRatio: fc.constantFrom(0, 0.1, 0.3, 0.5),
  repeatRatio: fc.constantFrom(0, 0.3),
  maxDelayMs: fc.constantFrom(20, 300, 2500),
});
const side = fc.constantFrom('polite' as const, 'impolite' as const);

async function connectedSimulation(): Promise<Simulation> {
  const simulation = createSimulation(1, PERFECT);
  expect(await simulation.runUntil(simulation.connected, 3000)).toBe(true);
  return simulation;
}

describe('negotiation over perfect signalling', () => {
  it('connects with one connection on each side', async () => {
    const simulation = await connectedSimulation();
    expect(simulation.peersOpened()).toBe(2);
  });

  it('survives both sides restarting ICE at the same moment', async () => {
    const simulation = await connectedSimulation();
    const before = simulation.peerOf('polite').localUfrag;
    simulation.restartIce('polite');
    simulation.restartIce('impolite');
    await simulation.run(3000);
    expect(simulation.connected()).toBe(true);
    expect(simulation.peerOf('polite').localUfrag).not.toBe(before);
    expect(simulation.peersOpened()).toBe(2);
    expect(simulation.wrongAnswers()).toBe(0);
  });

  it('connects again after either page was loaded anew', async () => {
    for (const name of ['polite', 'impolite'] as const) {
      const simulation = await connectedSimulation();
      simulation.reload(name);
      await simulation.run(500);
      expect(await simulation.runUntil(simulation.connected, 6000)).toBe(true);
      expect(simulation.peersOpened()).toBe(4);
    }
  });

  it('connects after both pages were loaded anew at once', async () => {
    const simulation = await connectedSimulation();
    simulation.reload('polite');
    simulation.reload('impolite');
    await simulation.run(500);
    expect(await simulation.runUntil(simulation.connected, 6000)).toBe(true);
  });

  it('takes no harm from old messages that come again', async () => {
    const simulation = await connectedSimulation();
    for (const type of ['restart', 'description', 'candidate'] as const) {
      simulation.repeatLast('impolite', type);
      simulation.repeatLast('polite', type);
    }
    await simulation.run(3000);
    expect(simulation.connected()).toBe(true);
    expect(simulation.peersOpened()).toBe(2);
  });
});

describe('negotiation while the hub is away', () => {
  it('leaves media alone', async () => {
    const simulation = await connectedSimulation();
    simulation.setFaults(GONE);
    await simulation.run(60_000);
    expect(simulation.connected()).toBe(true);
    expect(simulation.peersOpened()).toBe(2);
  });

  it('offers again and again, and connects when the hub is back', async () => {
    const simulation = createSimulation(1, GONE);
    await simulation.run(60_000);
    expect(simulation.stateOf('polite')).toBe('connecting');
    simulation.setFaults(PERFECT);
    expect(await simulation.runUntil(simulation.connected, 8000)).toBe(true);
  });
});

describe('negotiation when the network fails', () => {
  it('says so on both sides within three seconds, and is back soon after it', async () => {
    const simulation = await connectedSimulation();
    simulation.setNetwork(false);
    await simulation.run(3000);
    expect([simulation.stateOf('polite'), simulation.stateOf('impolite')]).toEqual(['reconnecting', 'reconnecting']);
    simulation.setNetwork(true);
    expect(await simulation.runUntil(simulation.connected, 2000)).toBe(true);
  });

  it('calls it no path when negotiation works and media do not for twenty seconds', async () => {
    const simulation = createSimulation(1, PERFECT);
    simulation.setNetwork(false);
    await simulation.run(15_000);
    expect(simulation.stateOf('impolite')).toBe('connecting');
    await simulation.run(15_000);
    expect([simulation.stateOf('polite'), simulation.stateOf('impolite')]).toEqual(['no-path', 'no-path']);
    simulation.setNetwork(true);
    expect(await simulation.runUntil(simulation.connected, 15_000)).toBe(true);
  });

  it('does not call it no path while the hub is away too', async () => {
    const simulation = await connectedSimulation();
    simulation.setFaults(GONE);
    simulation.setNetwork(false);
    await simulation.run(60_000);
    expect(simulation.stateOf('polite')).toBe('reconnecting');
  });
});

describe('negotiation over bad signalling', () => {
  it('connects in the end, whatever is lost, repeated or overtaken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), faults, async (seed, drawn) => {
        const simulation = createSimulation(seed, drawn);
        expect(await simulation.runUntil(simulation.connected, 300_000)).toBe(true);
        expect(simulation.wrongAnswers()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('recovers from any sequence of reloads, restarts and outages, and never takes a wrong answer', async () => {
    const event = fc.record({
      what: fc.constantFrom('reload', 'restartIce', 'down', 'up', 'wait'),
      who: side,
      thenMs: fc.integer({ min: 0, max: 6000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer(), faults, fc.array(event, { maxLength: 8 }), async (seed, drawn, events) => {
        const simulation = createSimulation(seed, drawn);
        for (const { what, who, thenMs } of events) {
          if (what === 'reload') simulation.reload(who);
          if (what === 'restartIce') simulation.restartIce(who);
          if (what === 'down' || what === 'up') simulation.setNetwork(what === 'up');
          await simulation.run(thenMs);
        }
        simulation.setNetwork(true);
        // A state said to be connected may be two seconds old.
        await simulation.run(3000);
        expect(await simulation.runUntil(simulation.connected, 300_000)).toBe(true);
        expect(simulation.wrongAnswers()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
