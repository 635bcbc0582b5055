import { describe, expect, it } from 'vitest';
import { arrowEnds, type Sketch, traceSketch } from '../../../src/ui/overlay/sketch.ts';

const SIZE = { widthPx: 1000, heightPx: 500 };

function recorder() {
  const steps: string[] = [];
  const note = (verb: string) => (x: number, y: number) => void steps.push(`${verb} ${Math.round(x)} ${Math.round(y)}`);
  return { steps, moveTo: note('M'), lineTo: note('L'), closePath: () => void steps.push('Z') };
}

function trace(sketch: Pick<Sketch, 'shape' | 'points'>) {
  const [line, fill] = [recorder(), recorder()];
  traceSketch({ colour: 'red', look: 'draft', ...sketch }, SIZE, line, fill);
  return { line: line.steps, fill: fill.steps };
}

describe('a mark while it is drawn', () => {
  it('points from where the arrow was dragged to, with its tip where the pen went down', () => {
    const { line, fill } = trace({
      shape: 'arrow',
      points: [
        [0.5, 0.5],
        [0.7, 0.5],
      ],
    });
    expect(line).toEqual(['M 560 250', 'L 700 250']);
    expect(fill[0]).toBe('M 500 250');
    expect(fill.at(-1)).toBe('Z');
  });

  it('is an arrow of its own size when the pen was hardly dragged', () => {
    const clicked = arrowEnds([[0.5, 0.5]], SIZE);
    expect(clicked?.tip).toEqual([500, 250]);
    expect(clicked?.tail[0]).toBeGreaterThan(530);
    expect(
      arrowEnds(
        [
          [0.5, 0.5],
          [0.501, 0.501],
        ],
        SIZE,
      ),
    ).toEqual(clicked);
  });

  it('draws ink through its points, and a lone point as a dot', () => {
    expect(
      trace({
        shape: 'ink',
        points: [
          [0.1, 0.2],
          [0.2, 0.2],
          [0.3, 0.4],
        ],
      }),
    ).toEqual({
      line: ['M 100 100', 'L 200 100', 'L 300 200'],
      fill: [],
    });
    const dot = trace({ shape: 'ink', points: [[0.5, 0.5]] });
    expect(dot.line).toEqual([]);
    expect(dot.fill.length).toBeGreaterThan(8);
  });

  it('draws nothing of nothing', () => {
    expect(trace({ shape: 'ink', points: [] })).toEqual({ line: [], fill: [] });
    expect(trace({ shape: 'arrow', points: [] })).toEqual({ line: [], fill: [] });
  });
});
