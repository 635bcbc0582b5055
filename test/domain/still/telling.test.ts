import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageMark } from '../../../src/domain/annotation/types.ts';
import { MAX_STILL_MARKS, MAX_STILL_POINTS } from '../../../src/domain/still/news.ts';
import {
  afterAsk,
  afterNews,
  nextNews,
  pauseAfterMs,
  receptionAfterAsk,
  type ToldStill,
} from '../../../src/domain/still/telling.ts';

const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);
const mark = (points: number): ImageMark => ({
  shape: 'ink',
  colour: 'red',
  points: Array.from({ length: points }, () => [0.5, 0.5] as const),
  aspect: 1,
});
const MARKS: readonly (readonly ImageMark[])[] = [[], [mark(1)], [mark(2), mark(3)]];

const wantedStill = fc.option(
  fc.record({
    stillId: fc.constantFrom('a', 'b'),
    jpeg: fc.constant(jpeg),
    marks: fc.constantFrom(...MARKS),
  }),
);
const toldStill: fc.Arbitrary<ToldStill> = fc.option(
  fc.record({ stillId: fc.constantFrom('a', 'b'), marks: fc.constantFrom(null, ...MARKS) }),
);

describe('what the owner of a picture is told', () => {
  it('comes to what is wanted in two messages at most, whatever they had', () => {
    fc.assert(
      fc.property(wantedStill, toldStill, (wanted, before) => {
        let told = before;
        let sent = 0;
        for (let news = nextNews(wanted, told); news !== null; news = nextNews(wanted, told)) {
          told = afterNews(news);
          sent += 1;
          expect(sent).toBeLessThanOrEqual(2);
        }
        expect(told).toEqual(wanted === null ? null : { stillId: wanted.stillId, marks: wanted.marks });
      }),
    );
  });

  it('is never marks of a picture that they do not have', () => {
    fc.assert(
      fc.property(wantedStill, toldStill, (wanted, told) => {
        const news = nextNews(wanted, told);
        if (news?.type === 'stillMarks') expect(told?.stillId).toBe(news.stillId);
      }),
    );
  });

  it('is the picture again for a page that has nothing, and the marks alone for one that has it', () => {
    const wanted = { stillId: 'a', jpeg, marks: MARKS[1] ?? [] };
    expect(nextNews(wanted, afterAsk(null))?.type).toBe('still');
    expect(nextNews(wanted, afterAsk('a'))?.type).toBe('stillMarks');
    expect(nextNews(null, afterAsk('a'))).toEqual({ type: 'stillOver', stillId: 'a' });
  });
});

describe('a still that its owner sent away', () => {
  it('stays away when they ask anew; one that somebody else’s had replaced comes back', () => {
    expect(receptionAfterAsk('dismissed', 'none')).toBe('dismissed');
    expect(receptionAfterAsk('replaced', 'none')).toBe('sending');
    expect(receptionAfterAsk('shown', 'none')).toBe('sending');
    expect(receptionAfterAsk('sending', 'this')).toBe('shown');
    expect(receptionAfterAsk('replaced', 'another')).toBe('replaced');
  });
});

describe('the pause after marks', () => {
  it('lets a pen be followed ten times a second, and a full picture take no more than 512 kbit/s', () => {
    expect(pauseAfterMs({ type: 'stillMarks', stillId: 'a', marks: [mark(20)] })).toBe(100);
    const marks = Array.from({ length: MAX_STILL_MARKS }, () => mark(MAX_STILL_POINTS));
    const bytes = MAX_STILL_MARKS * MAX_STILL_POINTS * 19;
    expect((bytes * 8) / pauseAfterMs({ type: 'stillMarks', stillId: 'a', marks })).toBeLessThanOrEqual(512);
  });
});
