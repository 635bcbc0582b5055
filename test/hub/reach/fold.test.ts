import { describe, expect, test } from 'vitest';
import { createFold, MOST_IN_AN_HOUR, type RecordsByTenant } from '../../../src/hub/reach/fold.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { settle } from '../support/settle.ts';

const about = (target: string): RecordsByTenant =>
  new Map([
    [
      'abc',
      {
        kind: 'refused',
        actor: 'abc:1',
        action: 'call',
        target,
        domain: null,
        present: [],
        code: 'not-found',
        rules: [],
      },
    ],
  ]);

function setUp() {
  const clock = createFakeClock();
  const written: { readonly reference: string; readonly what: unknown }[] = [];
  let references = 0;
  let isBroken = false;
  const refuse = createFold(
    async (records, given) => {
      if (isBroken) throw new Error('no store');
      if (given === undefined) references += 1;
      const reference = given ?? `R${references}`;
      for (const what of records.values()) written.push({ reference, what });
      return reference;
    },
    clock,
    (error) => {
      throw error;
    },
  );
  const breakStore = (broken: boolean): void => {
    isBroken = broken;
  };
  return { clock, written, refuse, breakStore };
}

describe('records of refusals', () => {
  test('of equal ones within a minute are the first one and one that counts the others [SPEC 9.10]', async () => {
    const { clock, written, refuse } = setUp();
    const references = [];
    for (let n = 0; n < 5; n += 1) references.push(await refuse(about('abc:2')));
    expect(new Set(references)).toEqual(new Set(['R1']));
    expect(written).toHaveLength(1);
    await clock.advance(60_000);
    await settle();
    expect(written[1]).toMatchObject({ reference: 'R1', what: { target: 'abc:2', times: 4 } });
    expect(await refuse(about('abc:2'))).toBe('R2');
    await clock.advance(60_000);
    expect(written).toHaveLength(3);
  });

  test('of one person end with one that says so, and begin again after an hour [SPEC 9.10]', async () => {
    const { clock, written, refuse } = setUp();
    for (let n = 0; n < 3 * MOST_IN_AN_HOUR; n += 1) await refuse(about(`abc:${n + 2}`));
    expect(written).toHaveLength(MOST_IN_AN_HOUR);
    expect(written.at(-1)).toMatchObject({ what: { isLast: true } });
    expect(await refuse(about('abc:9999'))).toBe(written.at(-1)?.reference);
    await clock.advance(3_600_000);
    await refuse(about('abc:10000'));
    expect(written).toHaveLength(MOST_IN_AN_HOUR + 1);
  });

  test('that could not be written are tried again by the next', async () => {
    const { written, refuse, breakStore } = setUp();
    breakStore(true);
    await expect(refuse(about('abc:2'))).rejects.toThrow('no store');
    breakStore(false);
    await refuse(about('abc:2'));
    expect(written).toHaveLength(1);
  });

  test('refusals at the door of one meeting are one, those at two doors are not', async () => {
    const { clock, written, refuse } = setUp();
    const at = (meetingId: string): RecordsByTenant =>
      new Map([['abc', { kind: 'door-refused', actor: 'anon:1', meetingId, code: 'lobby-denied' }]]);
    expect([await refuse(at('pump')), await refuse(at('pump')), await refuse(at('valve'))]).toEqual(['R1', 'R1', 'R2']);
    await clock.advance(60_000);
    await settle();
    const pump = { kind: 'door-refused', actor: 'anon:1', meetingId: 'pump', code: 'lobby-denied' };
    expect(written.filter(({ reference }) => reference === 'R1').map(({ what }) => what)).toEqual([
      pump,
      { ...pump, times: 1 },
    ]);
  });
});
