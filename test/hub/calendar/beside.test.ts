import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { OwnCalendar } from '../../../src/hub/calendar/own-calendar.ts';
import { accepted, COMPANIES, DANA, SEEDS, TID } from '../support/hub-bench.ts';
import { createWireBench } from '../support/wire-bench.ts';

test('a slow calendar keeps nothing else of the same page waiting [SPEC 2.6]', async () => {
  let answer = (): void => {};
  let isAsked = false;
  const slow: OwnCalendar = {
    add: () =>
      new Promise((resolve) => {
        isAsked = true;
        answer = () => resolve({ eventId: 'e', uid: 'u' });
      }),
    change: async () => 'done',
    remove: async () => {},
    madeFor: async () => [],
    read: async () => ({ events: [], complete: true }),
  };
  const calendars = (tid: string) => (tid === TID ? slow : null);
  const bench = await createWireBench({ companies: COMPANIES, seeds: SEEDS, calendars });
  onTestFinished(() => bench.close());
  const dana = await bench.connect(DANA);
  const startMs = Date.now();
  const draft = {
    ...{ title: 'Pump', startMs, endMs: startMs + 3_600_000, zone: 'Europe/Berlin', invitees: [], coOrganizers: [] },
    ...({ presenters: [], lobby: 'organization', anonymousAllowed: true } as const),
  };
  const planned = dana.invoke('planMeeting', { commandId: randomUUID(), draft });
  accepted(await dana.invoke('meetings', {}));
  accepted(await dana.invoke('meetNow', { commandId: randomUUID(), title: 'Now', zone: 'UTC' }));
  await expect.poll(() => isAsked).toBe(true);
  answer();
  expect(accepted(await planned)).toMatchObject({ title: 'Pump', inCalendar: true });
});
