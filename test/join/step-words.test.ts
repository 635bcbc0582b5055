import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../src/domain/call/refusal.ts';
import { type Course, START } from '../../src/join/course.ts';
import { joinCatalogue } from '../../src/join/join-texts.ts';
import { aloneHint, announcementOf, closedWords, lobbyLines, overWords } from '../../src/join/step-words.ts';
import { createTexts } from '../../src/ui/text/translate.ts';

const { t } = createTexts(joinCatalogue);
const waiting = (anew: boolean, more: Partial<Course> = {}): Course => ({
  ...{ ...START, company: 'ABC', ...more },
  step: { kind: 'lobby', place: { number: 3, waitedMs: 0 }, anew },
});

describe('what a screen says', () => {
  it('has a title and a whole sentence for every reason the hub can give', () => {
    for (const code of REFUSALS) {
      const { title, lead } = closedWords(code, t);
      expect([code, title.length > 0, /[.!]$/.test(lead)]).toEqual([code, true, true]);
    }
  });

  it('speaks of links to somebody who came by one, not of people to look for', () => {
    expect(closedWords('not-found', t).lead).toContain('link');
    expect(closedWords('too-many-requests', t).lead).toContain('Wait a minute');
  });

  it.each(['lobby-denied', 'one-time-full', 'meeting-full'] as const)('says once what the title says: %s', (code) => {
    expect(closedWords(code, t).lead).not.toMatch(/not let in|is full/);
  });

  it('says of a one-time call that it has ended, whoever ended it', () => {
    expect(overWords('left', false, t)).toEqual(overWords('ended', false, t));
    expect(overWords('left', true, t).lead).toContain('come back');
  });

  it('names in the lobby the organizer to whom that is told, and else the company alone', () => {
    expect(lobbyLines(waiting(false), false, t)[0]).toBe('Wait for ABC to let you in.');
    expect(lobbyLines(waiting(false, { organizer: 'Elena Fischer' }), false, t)[0]).toContain('Elena Fischer');
  });

  it('tells somebody who was let in and is alone who did it, and that they come', () => {
    const inCall = (letIn: boolean, more: Partial<Course> = {}): Course => ({
      ...{ ...START, company: 'ABC', ...more },
      step: { kind: 'inCall', letIn },
    });
    expect(aloneHint(inCall(true), t)).toBe('ABC let you in. They join soon; keep this page open.');
    expect(aloneHint(inCall(true, { organizer: 'Elena Fischer' }), t)).toContain('Elena Fischer let you in.');
    expect(aloneHint(inCall(false), t)).toBeNull();
  });

  it('says in the lobby how many are before, that the place is kept, or that it was not', () => {
    expect(lobbyLines(waiting(false), false, t)).toContain('People before you: 2.');
    expect(lobbyLines(waiting(false), true, t).join(' ')).toContain('kept for a minute');
    expect(lobbyLines(waiting(true), false, t).join(' ')).toContain('away for too long');
    expect(lobbyLines(waiting(true), true, t).join(' ')).not.toContain('away for too long');
  });
});

describe('what is read out by itself', () => {
  const of = (step: Course['step']) => announcementOf({ ...START, step }, false, t);

  it('what ends something is read at once, what goes on in its turn', () => {
    expect(of({ kind: 'closed', code: 'lobby-denied' })).toMatchObject({ urgent: true });
    expect(of({ kind: 'over', why: 'ended', again: false })?.text).toBe(
      'Call ended. To talk again, ask for a new link.',
    );
    expect(of({ kind: 'takenOver' })?.urgent).toBe(true);
    expect(of({ kind: 'entering' })).toMatchObject({ urgent: false });
    expect(announcementOf(waiting(false), false, t)?.text).toMatch(
      /^You are in the lobby\. Wait for ABC to let you in\./,
    );
  });

  it('screens that ask for something are read by their title, which has the focus', () => {
    expect(of({ kind: 'choosing' })).toBeNull();
    expect(of({ kind: 'preview', asking: false, unreachable: false })).toBeNull();
  });
});
