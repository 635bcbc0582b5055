import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import type { CallState } from '../../../src/domain/call/state.ts';
import { documentedHoloLens2Profile } from '../../../src/domain/registration/camera.ts';
import { CAMERA_ON, FRAME, MARK, PLACEMENT } from '../../support/call-fixtures.ts';
import { apart, applyTo } from '../support/bench-policies.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  cameIn,
  createBench,
  DANA,
  EVA,
  FINN,
  GIL,
  type Page,
  RUNNING_MEETING,
} from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

const run = async (bench: Bench, page: Page, callId: string, ...commands: readonly CallCommand[]): Promise<void> => {
  for (const command of commands) {
    accepted(await bench.hub.calls.command(page, { commandId: randomUUID(), callId, command }));
  }
  await settle();
};
const join = async (bench: Bench, page: Page) => {
  const request = { commandId: randomUUID(), meetingId: RUNNING_MEETING, media: AUDIO };
  return cameIn(await bench.hub.calls.joinMeeting(page, request));
};

/** Eva and Finn may not meet. Finn was in the meeting with Dana, has drawn, and has left. */
async function afterFinn() {
  const bench = await createBench();
  await applyTo(bench, apart([EVA], [FINN]));
  const dana = await bench.arrive(DANA, 'headset');
  const finn = await bench.arrive(FINN);
  const eva = await bench.arrive(EVA);
  const { callId } = await join(bench, dana);
  await join(bench, finn);
  const camera = documentedHoloLens2Profile();
  await run(
    bench,
    dana,
    callId,
    { type: 'setMedia', media: CAMERA_ON },
    { type: 'describeCamera', camera, spaceEpoch: 1, tracking: true },
  );
  const [placed, waiting] = [randomUUID(), randomUUID()];
  await run(
    bench,
    finn,
    callId,
    { type: 'startEditing', target: DANA, frame: FRAME },
    { type: 'mark', markId: placed, target: DANA, frame: FRAME, mark: MARK },
    { type: 'mark', markId: waiting, target: DANA, frame: FRAME, mark: MARK },
  );
  await run(bench, dana, callId, { type: 'placeMark', markId: placed, placement: PLACEMENT });
  await run(bench, finn, callId, { type: 'leave' });
  return { bench, dana, eva, finn, callId, placed, waiting };
}

/** All that was ever said to a page. */
const saidTo = (page: Page): string => JSON.stringify(page.heard);
const tracesOf = (finn: Page): readonly string[] => [FINN, finn.name, finn.device.id];
const drawn = ({ annotations, anchors, seq }: CallState) => ({
  seq,
  anchors,
  shapes: Object.values(annotations).map(({ author: _author, authorName: _name, ...shape }) => shape),
});

describe('whoever comes after somebody has left whom they may not find', () => {
  test('reads neither key, name nor device, and sees what was drawn [SPEC 9.12]', async () => {
    const { bench, dana, eva, finn, callId, placed } = await afterFinn();
    const log = await join(bench, eva);
    await settle();
    for (const trace of tracesOf(finn)) {
      expect(saidTo(eva)).not.toContain(trace);
      expect(JSON.stringify(log)).not.toContain(trace);
    }
    eva.send('events', log);
    expect(drawn(eva.call(callId))).toEqual(drawn(dana.call(callId)));
    expect(eva.call(callId).annotations[placed]).toBeDefined();
    expect(Object.values(eva.call(callId).participants).map(({ state }) => state)).toEqual([
      'joined',
      'left',
      'joined',
    ]);
  });

  test('reads no more by resuming, from any event on, by hello, nor after an answer to a mark of theirs', async () => {
    const { bench, dana, eva, finn, callId, waiting } = await afterFinn();
    await join(bench, eva);
    await run(bench, dana, callId, { type: 'refuseMark', markId: waiting, code: 'too-far' });
    const logs = [
      accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 })),
      accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 4 })),
      ...(await bench.hub.calls.logsFor(eva, [])),
    ];
    for (const trace of tracesOf(finn)) expect([saidTo(eva), JSON.stringify(logs)].join()).not.toContain(trace);
    await run(bench, eva, callId, { type: 'leave' });
    const after = accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 }));
    for (const trace of tracesOf(finn)) expect(JSON.stringify(after)).not.toContain(trace);
    expect(after.events.map(({ seq }) => seq)).toEqual(after.events.map((_, at) => at + 1));
  });

  test('has the same name for them at every asking', async () => {
    const { bench, eva, callId } = await afterFinn();
    const first = await join(bench, eva);
    const second = accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 }));
    expect(second.events.slice(0, first.events.length)).toEqual(first.events);
  });

  test('reads who it was once they may find each other, and so does whoever may all along', async () => {
    const { bench, dana, eva, finn, callId } = await afterFinn();
    expect(saidTo(dana)).toContain(finn.name);
    await join(bench, eva);
    await applyTo(bench, {});
    const log = accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 }));
    expect(JSON.stringify(log)).toContain(finn.name);
  });

  test('is not told more by being rung into a call that somebody has left [SPEC 9.12]', async () => {
    const bench = await createBench();
    await applyTo(bench, apart([EVA], [FINN]));
    const [dana, finn, gil] = [await bench.arrive(DANA), await bench.arrive(FINN), await bench.arrive(GIL)];
    const eva = await bench.arrive(EVA);
    const request = { commandId: randomUUID(), to: FINN, media: AUDIO };
    const { callId } = accepted(await bench.hub.calls.call(dana, request));
    await run(bench, finn, callId, { type: 'answer', media: AUDIO });
    accepted(await bench.hub.calls.add(dana, { commandId: randomUUID(), callId, to: GIL }));
    await run(bench, gil, callId, { type: 'answer', media: AUDIO });
    await run(bench, finn, callId, { type: 'leave' });
    accepted(await bench.hub.calls.add(dana, { commandId: randomUUID(), callId, to: EVA }));
    await settle();
    expect(eva.call(callId).participants[EVA]?.state).toBe('ringing');
    for (const trace of tracesOf(finn)) expect(saidTo(eva)).not.toContain(trace);
    expect(eva.call(callId).seq).toBe(dana.call(callId).seq);
  });

  test('who was there together keeps the names that were told', async () => {
    const bench = await createBench();
    const [dana, finn] = [await bench.arrive(DANA), await bench.arrive(FINN)];
    const { callId } = await join(bench, dana);
    await join(bench, finn);
    await applyTo(bench, apart([DANA], [FINN]));
    const log = accepted(await bench.hub.calls.resume(dana, { callId, afterSeq: 0 }));
    expect(log.events.at(-1)?.event).toEqual({ type: 'left', person: FINN, reason: 'not-allowed' });
  });

  test('whose own request comes again after leaving reads nothing of what came after', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    await join(bench, dana);
    const request = { commandId: randomUUID(), meetingId: RUNNING_MEETING, media: AUDIO };
    const { callId } = cameIn(await bench.hub.calls.joinMeeting(eva, request));
    await run(bench, eva, callId, { type: 'leave' });
    await join(bench, finn);
    expect(await bench.hub.calls.joinMeeting(eva, request)).toMatchObject({ refusal: { code: 'not-in-call' } });
    const log = accepted(await bench.hub.calls.resume(eva, { callId, afterSeq: 0 }));
    expect(log.events.at(-1)?.event).toEqual({ type: 'left', person: EVA, reason: 'left' });
  });
});
