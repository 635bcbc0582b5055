import { describe, expect, it } from 'vitest';
import { deskCatalogue } from '../../src/desk/desk-texts.ts';
import { EDITING_BLOCKS } from '../../src/ui/editing/availability.ts';
import { call } from '../../src/ui/text/en/call.ts';
import { common } from '../../src/ui/text/en/common.ts';
import { desk } from '../../src/ui/text/en/desk.ts';
import { diagnostics } from '../../src/ui/text/en/diagnostics.ts';
import { meetings } from '../../src/ui/text/en/meetings.ts';
import { refusals } from '../../src/ui/text/en/refusals.ts';
import { signIn } from '../../src/ui/text/en/sign-in.ts';

const sentences = (text: string): readonly string[] => text.split(/(?<=[.?!…])\s+/);

describe('the words of the desk', () => {
  it('stand in one catalogue each: no key is written twice', () => {
    const keys = [common, refusals, signIn, call, desk, meetings].flatMap((catalogue) => Object.keys(catalogue));
    expect(keys.length).toBe(Object.keys(deskCatalogue).length);
  });

  it('come in sentences of fifteen words at most', () => {
    const long = Object.entries({ ...signIn, ...call, ...desk, ...meetings, ...diagnostics }).flatMap(([key, text]) =>
      sentences(text)
        .filter((sentence) => sentence.split(/\s+/).length > 15)
        .map((sentence) => `${key}: ${sentence}`),
    );
    expect(long).toEqual([]);
  });

  it('have no empty text, and no straight quotes', () => {
    for (const [key, text] of Object.entries({ ...signIn, ...call, ...desk, ...meetings, ...diagnostics })) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/['"]/);
    }
  });

  it('name a reason for everything that keeps an expert from drawing', () => {
    for (const block of EDITING_BLOCKS) expect(deskCatalogue[`block.${block}`]).toMatch(/\.$/);
  });

  it("call the product's controls by the product's names", () => {
    const names = [
      'editing.start',
      'editing.stop',
      'tool.arrow',
      'tool.ink',
      'tool.colours',
      'tool.undo',
      'tool.eraseAll',
    ] as const;
    expect(names.map((key) => deskCatalogue[key])).toEqual([
      'Start editing',
      'Stop editing',
      'Arrow',
      'Ink',
      'Colors',
      'Undo',
      'Erase all',
    ]);
  });
});
