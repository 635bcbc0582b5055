import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LinkState, MediaLink } from '../../src/client/types.ts';
import { callerOf, ringingOut } from '../../src/desk/calls/who.ts';
import { demoOptions } from '../../src/desk/demo-options.ts';
import { deskCatalogue } from '../../src/desk/desk-texts.ts';
import { newestFirst } from '../../src/desk/home/newest-first.ts';
import { createToasts } from '../../src/desk/shell/toasts.ts';
import { NO_MEDIA } from '../../src/domain/call/initial.ts';
import { lettersOf } from '../../src/ui/parts/avatar.tsx';
import { linkNotice, peerProblem, qualityFigures } from '../../src/ui/stage/link-words.ts';
import { createTexts } from '../../src/ui/text/translate.ts';
import { createFakeCall } from '../support/desk-harness/fake-call.ts';
import { ALEX, contacts, DANA } from '../support/desk-harness/people.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 10);
const texts = createTexts(deskCatalogue);
const callId = '00000000-0000-4000-a000-000000000001';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('lists of the desk', () => {
  it('show whom one spoke with last first, and those never spoken with last', () => {
    const sorted = newestFirst({ state: 'ready', value: contacts(NOW_MS) });
    expect(sorted.state === 'ready' && sorted.value.map(({ name }) => name)).toEqual([
      'Dana Reyes',
      'Priya Natarajan',
      'Tomasz Nowak',
      'Jonas Weber (V1)',
      'Vendor1 Service',
      'Mei Lin',
    ]);
  });

  it('make two letters of any name', () => {
    expect(['Dana Reyes', 'Mei', 'Anna Maria van Dijk', 'Vendor1 (A)', ''].map(lettersOf)).toEqual([
      'DR',
      'M',
      'AD',
      'V',
      '?',
    ]);
  });
});

describe('short sentences', () => {
  const refusal = { code: 'barrier' } as const;
  const texts = (toasts: ReturnType<typeof createToasts>) => toasts.shown.value.map(({ text }) => text);

  it('go by themselves, and are never more than three', () => {
    const toasts = createToasts();
    for (const text of ['one', 'two', 'three', 'four']) toasts.say(text, { refusal });
    expect(texts(toasts)).toEqual(['two', 'three', 'four']);
    vi.advanceTimersByTime(8_000);
    expect(toasts.shown.value).toEqual([]);
  });

  it('that only tell what one did give way to the next; refusals, and what waits for an answer, stay', () => {
    const toasts = createToasts();
    const run = vi.fn();
    toasts.say('refused', { refusal });
    toasts.say('saved');
    toasts.say('Carla is let in', { action: { name: 'Join', run } });
    toasts.say('copied');
    expect(texts(toasts)).toEqual(['refused', 'Carla is let in', 'copied']);
    vi.advanceTimersByTime(8_000);
    expect(texts(toasts)).toEqual(['Carla is let in']);
    expect(run).not.toHaveBeenCalled();
  });

  it('of a refusal with a reference stay longer, and while somebody is at them', () => {
    const toasts = createToasts();
    toasts.say('refused', { refusal: { code: 'barrier', reference: 'K7QXM2PD' } });
    vi.advanceTimersByTime(15_000);
    const [toast] = toasts.shown.value;
    if (toast === undefined) throw new Error('gone too early');
    toasts.hold(toast.id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.shown.value).toHaveLength(1);
    toasts.release(toast.id);
    vi.advanceTimersByTime(20_000);
    expect(toasts.shown.value).toEqual([]);
  });

  it('are not said twice at once', () => {
    const toasts = createToasts();
    toasts.say('one');
    vi.advanceTimersByTime(7_000);
    toasts.say('one');
    vi.advanceTimersByTime(2_000);
    expect(toasts.shown.value.map(({ text }) => text)).toEqual(['one']);
  });
});

describe('who calls whom', () => {
  it('is the one who is in the call, for whom it rings', () => {
    const call = createFakeCall(callId, ALEX);
    call.as('hub', { type: 'create', kind: 'direct', title: '', meetingId: null });
    call.as('hub', { type: 'join', ...DANA, media: NO_MEDIA });
    call.as('hub', { type: 'ring', ...ALEX, from: DANA.person });
    expect(callerOf(call.state(), ALEX.person)?.name).toBe('Dana Reyes');
    expect(ringingOut(call.state(), DANA.person)?.name).toBe('Alex Morgan');
    call.as(ALEX, { type: 'answer', media: NO_MEDIA });
    expect(ringingOut(call.state(), DANA.person)).toBeNull();
  });
});

describe('words for the way to somebody', () => {
  const link = (state: LinkState) => ({ state: signal(state) }) as unknown as MediaLink;
  const dana = () => {
    const call = createFakeCall(callId, ALEX);
    call.as('hub', { type: 'create', kind: 'meeting', title: '', meetingId: null });
    call.as('hub', { type: 'join', ...DANA, media: { audio: true, video: 'camera', problem: 'none' } });
    const participant = call.state().participants[DANA.person];
    if (participant === undefined) throw new Error('Dana is not there');
    return participant;
  };

  it('say nothing while all is well', () => {
    expect(linkNotice(dana(), link('connected'), texts)).toBeNull();
    expect(peerProblem(dana(), texts)).toBeNull();
  });

  it('say that somebody reconnects, whether hub or media noticed', () => {
    const words = { kind: 'reconnecting', text: 'Dana Reyes is reconnecting' };
    expect(linkNotice(dana(), link('reconnecting'), texts)).toEqual(words);
    expect(linkNotice({ ...dana(), state: 'reconnecting' }, link('connected'), texts)).toEqual(words);
  });

  it("say what to tell the network's owner when there is no path", () => {
    const notice = linkNotice(dana(), link('no-path'), texts);
    expect(notice).toMatchObject({ kind: 'no-path', text: 'No path for video' });
    expect(notice?.kind === 'no-path' && notice.advice).toContain('Dana Reyes');
  });

  it('put a dash where nothing was measured', () => {
    const figures = qualityFigures(
      {
        level: 'good',
        roundTripMs: 38.4,
        lossRatio: 0.012,
        receivedKbps: null,
        sentKbps: null,
        framesPerSecond: 29.7,
        frameWidthPx: null,
        frameHeightPx: null,
      },
      texts,
    );
    expect(figures).toBe('– kbit/s, 38 ms, 1 % lost, 30 frames a second');
  });
});

describe("what a demo's address may ask for", () => {
  it('counts in a demo alone, and within reason', () => {
    expect(demoOptions('?holdMs=150&relayOnly', true)).toEqual({ receiverHoldMs: 150, relayOnly: true });
    expect(demoOptions('?holdMs=150&relayOnly', false)).toEqual({ receiverHoldMs: 0, relayOnly: false });
    for (const search of ['?holdMs=-5', '?holdMs=99999', '?holdMs=x', '']) {
      expect(demoOptions(search, true).receiverHoldMs).toBe(0);
    }
  });
});
