import { describe, expect, it } from 'vitest';
import type { OwnPart } from '../../src/client/types.ts';
import { limitsOf, offeredTo } from '../../src/join/call/limits.ts';

const part = (more: Partial<OwnPart> = {}): OwnPart => ({
  ...{ class: 'anonymous', signedIn: false, kind: 'scheduled' },
  ...more,
});
const rights = (...of: Parameters<typeof limitsOf>) => limitsOf(...of).map(({ right }) => right);

describe('what a join page lets somebody do', () => {
  it('draw and share a screen at a computer, and neither draw nor share where the browser or the call has no such thing', () => {
    expect(offeredTo(part(), 'join', true)).toEqual(['annotate', 'shareScreen']);
    expect(offeredTo(part(), 'phone', false)).toEqual([]);
    expect(offeredTo(part({ kind: 'oneTime' }), 'join', true)).toEqual(['shareScreen']);
  });

  it('greys for somebody without an account all that needs one, each with its reason', () => {
    expect(rights(part(), 'join')).toEqual(['addPeople', 'storageFiles', 'roster', 'record', 'snapshotPrompt']);
    expect(limitsOf(part(), 'phone')[0]).toEqual({ right: 'annotate', code: 'draw-on-desktop' });
    expect(limitsOf(part({ kind: 'oneTime' }), 'join')[0]).toEqual({ right: 'annotate', code: 'one-time-no-drawing' });
  });

  it('greys less for people of other companies, and nothing for those of the company', () => {
    expect(rights(part({ signedIn: true }), 'join')).not.toContain('snapshotPrompt');
    expect(rights(part({ class: 'federated', signedIn: true }), 'join')).toEqual([
      ...['addPeople', 'storageFiles', 'record'],
    ]);
    expect(rights(part({ class: 'member', signedIn: true }), 'join')).toEqual([]);
  });
});
