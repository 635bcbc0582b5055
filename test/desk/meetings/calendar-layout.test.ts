import { describe, expect, it } from 'vitest';
import { dayPicture, isUnderNow, standsInDay } from '../../../src/desk/meetings/calendar-layout.ts';
import { icsFileName, mailtoUrl } from '../../../src/desk/meetings/invitation-mail.ts';
import { modulesPath } from '../../../src/ui/parts/qr-modules.ts';
import { meeting } from '../../support/headset-views.ts';

const ZONE = 'Europe/Berlin';
const MINUTE_MS = 60_000;
/** 0:00 in Berlin. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 19, 23);
const at = (id: string, fromHour: number, minutes: number) =>
  meeting(id, {
    startMs: MIDNIGHT_MS + fromHour * 60 * MINUTE_MS,
    endMs: MIDNIGHT_MS + (fromHour * 60 + minutes) * MINUTE_MS,
  });
const NOON = { date: '2026-11-20', zone: ZONE, nowMs: MIDNIGHT_MS + 12 * 60 * MINUTE_MS };

describe('the picture of a day', () => {
  it('shows working hours, and more where a meeting needs it', () => {
    expect(dayPicture([], NOON).shownHours).toBe(12);
    expect(dayPicture([at('early', 5.5, 30)], NOON).shownHours).toBe(14);
    expect(dayPicture([at('late', 23, 180)], NOON).shownHours).toBe(17);
  });

  it('puts each meeting at its share of the hours', () => {
    const [placed] = dayPicture([at('a', 10, 120)], NOON).entries;
    expect(placed).toMatchObject({ left: 0, width: 1 });
    expect([placed?.top, placed?.height]).toEqual([3 / 12, 2 / 12]);
  });

  it('puts overlapping ones side by side, also short ones that only look so', () => {
    const sides = (...meetings: readonly ReturnType<typeof at>[]) =>
      dayPicture(meetings, NOON).entries.map(({ left, width }) => [left, width]);
    expect(sides(at('a', 9, 60), at('b', 9.5, 60))).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
    expect(sides(at('a', 9, 5), at('b', 9.25, 5))).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
    expect(sides(at('a', 9, 30), at('b', 9.5, 30))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('tells the true times of a meeting that it draws longer', () => {
    const short = at('a', 9, 5);
    expect(dayPicture([short], NOON).entries[0]?.entry.meeting).toEqual(short);
  });

  it('has a line for now on today alone', () => {
    expect(dayPicture([], NOON).nowTop).toBe(5 / 12);
    expect(dayPicture([], { ...NOON, date: '2026-11-21' }).nowTop).toBeNull();
  });

  it('leaves out an hour that the words for now would cover, on either side of the line', () => {
    const covered = (hour: number) => isUnderNow(hour / 12, { nowTop: 5.25 / 12, shownHours: 12 });
    expect([4, 5, 5.5, 6].map(covered)).toEqual([false, true, true, false]);
    expect(isUnderNow(0, { nowTop: null, shownHours: 12 })).toBe(false);
  });

  it('has no place for one-time calls that are over', () => {
    const states = ['waiting', 'inLobby', 'inCall', 'ended', 'expired', 'revoked', null] as const;
    expect(states.filter((oneTime) => standsInDay({ oneTime }))).toEqual(['waiting', 'inLobby', 'inCall', null]);
  });

  it('knows days of 23 and of 25 hours', () => {
    const hours = (date: string) => dayPicture([], { date, zone: ZONE, nowMs: 0 });
    expect([hours('2026-03-29').dayHours, hours('2026-10-25').dayHours]).toEqual([23, 25]);
    expect([hours('2026-03-29').shownHours, hours('2026-10-25').shownHours]).toEqual([12, 12]);
  });
});

describe('an invitation', () => {
  it('opens in a mail program with its lines, or not where it is too long', () => {
    expect(mailtoUrl({ to: ['a+b@oem.example'], subject: 'Pump & valve', text: 'One\nTwo' })).toBe(
      'mailto:a%2Bb%40oem.example?subject=Pump%20%26%20valve&body=One%0D%0ATwo',
    );
    expect(mailtoUrl({ to: [], subject: '', text: 'x'.repeat(3_000) })).toBeNull();
  });

  it('has a file name that every system takes', () => {
    expect([icsFileName('Pump: 3/4 "now"'), icsFileName('../..'), icsFileName('Prüfung  Ölpumpe')]).toEqual([
      'Pump-34-now.ics',
      'meeting.ics',
      'Prüfung-Ölpumpe.ics',
    ]);
  });
});

describe('a QR code', () => {
  it('is drawn in runs of dark modules', () => {
    expect(modulesPath([[true, true, false, true], [false], [true]])).toBe('M0 0h2v1H0zM3 0h1v1H3zM0 2h1v1H0z');
  });
});
