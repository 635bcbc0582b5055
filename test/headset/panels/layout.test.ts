import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lobby } from '../../../src/client/meetings/types.ts';
import { layoutPanel, targetAt } from '../../../src/headset/panels/layout.ts';
import { breakLines, createMeasureText, type MeasureText } from '../../../src/headset/panels/measure.ts';
import { PANEL_DISTANCE_M, placementOf, SLATE_M, SLATE_PLACEMENT } from '../../../src/headset/panels/placement.ts';
import type { PanelLayout, RectMm } from '../../../src/headset/panels/sheet.ts';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import type { HeadsetView } from '../../../src/ui/panels/view.ts';
import { qrModules } from '../../../src/ui/parts/qr-modules.ts';
import { marginDeg } from '../../support/display-margin.ts';
import { atHome, contact, inCall, meeting, TEXTS, view } from '../../support/headset-views.ts';

/** About as wide as Open Sans: half an em for each letter. */
const measure: MeasureText = (text, sizeMm) => [...text].length * sizeMm * 0.53;
const people = (count: number) => Array.from({ length: count }, (_, at) => contact(`p${String(at).padStart(2, '0')}`));
const many = { state: 'ready', value: people(11) } as const;
const meetings = { state: 'ready', value: [meeting('1'), meeting('2')] } as const;

const LIVE = { muted: false, microphoneProblem: 'none', video: 'live', cameraProblem: 'none' } as const;
const LONG_NAMES = ['Friedrich-Wilhelm Müller-Lüdenscheidt', 'Jörg Öztürk-Großmann', 'Änne Übelhör'];
const lobby = (names: readonly string[]): Lobby => ({
  meetingId: 'm',
  title: 'Filler line 3: the drive trips again',
  kind: 'scheduled',
  entries: names.map((name) => ({
    person: name,
    name,
    class: 'anonymous',
    signedIn: false,
    waitedMs: 0,
    away: false,
  })),
  mayAdmit: true,
  admitters: names,
  toldAtMs: 0,
});

const ONE_TIME = {
  state: 'ready',
  meetingId: 'm',
  title: 'EventTitle',
  url: 'https://sightline.example/join/x',
  code: qrModules('https://sightline.example/join/x'),
} as const;

const VIEWS: readonly (readonly [string, HeadsetView])[] = [
  ['home', atHome({ contacts: many, meetings })],
  ['home, empty', atHome({ contacts: { state: 'ready', value: [] } })],
  ['menu', atHome({ open: 'menu' })],
  ['settings', atHome({ open: 'settings' })],
  ['one-time link', atHome({ open: 'oneTime', oneTime: ONE_TIME })],
  ['one-time link, without its code', atHome({ open: 'oneTime', oneTime: { ...ONE_TIME, code: null } })],
  ['search', atHome({ open: 'search', search: { query: 'pe', found: many } })],
  ['question', atHome({ starting: { kind: 'call', person: 'p', name: 'A very long name indeed', asked: false } })],
  [
    'incoming',
    atHome({ incoming: { from: 'Eva Lind', others: [], meetingTitle: 'Line 3 pump review', answering: false } }),
  ],
  ['call', inCall({})],
  ['question whether to end', inCall({ asksToEnd: true, coloursOpen: true, media: LIVE })],
  [
    'adding people',
    inCall({
      adding: {
        search: { query: 'expert4@abc.com', found: many },
        contacts: many,
        asking: null,
        refused: { person: 'p', refusal: { code: 'external-no-group', reference: 'K7QXM2PD' } },
      },
    }),
  ],
  ['lobby beside the contacts', atHome({ contacts: many, meetings }, { lobbies: [lobby(['Ada Ay', 'Bo'])] })],
  ['lobby in a call', inCall({ coloursOpen: true }, { lobbies: [lobby(LONG_NAMES)] })],
  ['lobby of others', inCall({}, { lobbies: [{ ...lobby(LONG_NAMES), mayAdmit: false }] })],
  ['refused', view({ notice: { kind: 'refusal', refusal: { code: 'external-off', reference: 'K7QXM2PD' } } })],
  [
    'call, all at once',
    inCall({
      coloursOpen: true,
      tracking: false,
      editing: ['Eva'],
      media: { muted: true, microphoneProblem: 'none', video: 'live', cameraProblem: 'none' },
    }),
  ],
  [
    'sign in',
    view({
      screen: { screen: 'signed-out', tenantName: 'ABC', problem: 'wrong-tenant', busy: false, canChangeTenant: true },
    }),
  ],
];
const layoutsOf = (of: HeadsetView, pages = new Map<string, number>()): readonly PanelLayout[] =>
  describePanels(of, TEXTS)
    .filter((panel) => panel.surface !== 'page')
    .map((panel) => layoutPanel(panel, { measure, pages }));
const overlaps = (a: RectMm, b: RectMm) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const degrees = (mm: number) => (2 * Math.atan(mm / 2000 / PANEL_DISTANCE_M) * 180) / Math.PI;

describe.each(VIEWS)('the layout of %s', (_name, of) => {
  const layouts = layoutsOf(of);

  it('has targets of at least 32 x 32 mm that do not overlap', () => {
    for (const { targets } of layouts) {
      for (const { rect } of targets) expect(Math.min(rect.width, rect.height)).toBeGreaterThanOrEqual(32);
      for (const [at, one] of targets.entries()) {
        for (const other of targets.slice(at + 1)) expect(overlaps(one.rect, other.rect)).toBe(false);
      }
    }
  });

  it('keeps everything inside the panel', () => {
    for (const { size, targets, texts, icons, dots } of layouts) {
      for (const { rect } of [...targets, ...texts, ...icons, ...dots]) {
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.y).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.width).toBeLessThanOrEqual(size.width + 1e-9);
        expect(rect.y + rect.height).toBeLessThanOrEqual(size.height + 1e-9);
      }
    }
  });

  it('writes no text smaller than 0.6 degrees and none wider than its place', () => {
    for (const text of layouts.flatMap((layout) => layout.texts)) {
      expect(degrees(text.sizeMm)).toBeGreaterThanOrEqual(0.6);
      expect(measure(text.text, text.sizeMm, text.weight)).toBeLessThanOrEqual(text.rect.width + 1e-9);
    }
  });

  it('keeps 1.5 degrees from the edges of what each eye is shown', () => {
    for (const { id, size } of layouts) expect(marginDeg(placementOf(id), size), id).toBeGreaterThanOrEqual(1.5);
  });
});

describe('the places of panels', () => {
  it('the slate keeps the margin, too', () => {
    expect(
      marginDeg(SLATE_PLACEMENT, { width: 1000 * SLATE_M.width, height: 1000 * SLATE_M.mostHeight }),
    ).toBeGreaterThan(1.5);
  });

  it('the home panel takes at most 20 x 15 degrees', () => {
    const home = layoutsOf(atHome({ contacts: many, meetings })).find((one) => one.id === 'home');
    expect(degrees(home?.size.width ?? 999)).toBeLessThanOrEqual(20);
    expect(degrees(home?.size.height ?? 999)).toBeLessThanOrEqual(15);
  });

  it('a call leaves the middle 10 degrees free', () => {
    for (const { id, size } of layoutsOf(inCall({ tracking: false, editing: ['Eva'], coloursOpen: true }))) {
      const { yawDeg, pitchDeg, edge } = placementOf(id);
      const half = degrees(size.height) / 2;
      const centre = pitchDeg + (edge === 'centre' ? 0 : edge === 'top' ? -half : half);
      const beside = Math.abs(yawDeg) - degrees(size.width) / 2 >= 5;
      const aboveOrBelow = Math.abs(centre) - half >= 5;
      expect(beside || aboveOrBelow, id).toBe(true);
    }
  });
});

/** As seen from the eyes: degrees to the right, and up. */
function extentOf({ id, size }: PanelLayout) {
  const { yawDeg, pitchDeg, edge } = placementOf(id);
  const [halfWidth, halfHeight] = [degrees(size.width) / 2, degrees(size.height) / 2];
  const centre = pitchDeg + { top: -halfHeight, centre: 0, bottom: halfHeight }[edge];
  return { x: yawDeg - halfWidth, y: centre - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight };
}

describe('the question whether to end the call', () => {
  it('covers no other panel, and leaves Mute in reach', () => {
    const layouts = layoutsOf(inCall({ asksToEnd: true, coloursOpen: true, media: LIVE, tracking: false }));
    const own = layouts.find(({ id }) => id === 'end-call');
    if (own === undefined) throw new Error('no question');
    for (const other of layouts) {
      if (other !== own) expect(overlaps(extentOf(own), extentOf(other)), other.id).toBe(false);
    }
    expect(layouts.flatMap(({ targets }) => targets.map(({ key }) => key))).toContain('mute');
  });
});

describe('the lobby in the room', () => {
  it.each([
    ['in a call', inCall({ coloursOpen: true, media: LIVE }, { lobbies: [lobby(LONG_NAMES)] })],
    ['beside the contacts', atHome({ contacts: many, meetings }, { lobbies: [lobby(LONG_NAMES)] })],
  ])('covers no other panel %s', (_where, of) => {
    const layouts = layoutsOf(of);
    const own = layouts.find(({ id }) => id === 'lobby');
    if (own === undefined) throw new Error('no lobby');
    for (const other of layouts) {
      if (other !== own) expect(overlaps(extentOf(own), extentOf(other)), other.id).toBe(false);
    }
  });

  it('pages those who wait, each with the buttons that are theirs', () => {
    const of = inCall({}, { lobbies: [lobby(LONG_NAMES)] });
    const keysOn = (page: number) =>
      layoutsOf(of, new Map([['waiting', page]]))
        .find(({ id }) => id === 'lobby')
        ?.targets.map(({ key }) => key)
        .filter((key) => /^(admit|deny) /.test(key));
    const keys = LONG_NAMES.map((name) => [`admit ${name}`, `deny ${name}`]);
    expect(keysOn(0)).toEqual(keys.slice(0, 2).flat());
    expect(keysOn(1)).toEqual(keys.slice(2).flat());
  });
});

describe('the pages of a list', () => {
  const homeOn = (page: number) =>
    layoutsOf(atHome({ contacts: many, meetings }), new Map([['contacts', page]])).find((one) => one.id === 'home');
  const contactsOn = (page: number) =>
    (homeOn(page)?.targets ?? []).map((one) => one.key).filter((key) => /^p\d\d$/.test(key));

  it('show every entry once', () => {
    expect([0, 1, 2].flatMap(contactsOn)).toEqual(people(11).map((one) => one.key));
  });

  it('end at the last one, also when the list has become shorter', () => {
    expect(contactsOn(99)).toEqual(contactsOn(2));
    const arrows = homeOn(99)?.targets.filter((one) => one.key.startsWith('contacts-'));
    expect(arrows?.map((one) => [one.name, one.enabled])).toEqual([
      ['Previous contacts', true],
      ['Next contacts', false],
    ]);
  });

  it('never move what stands below them', () => {
    const meetingY = (page: number) => homeOn(page)?.targets.find((one) => one.key === '1')?.rect.y;
    expect(meetingY(2)).toBe(meetingY(0));
  });
});

describe('aiming at a layout', () => {
  it('finds the target whose rectangle a point is in, and nothing elsewhere', () => {
    const [layout] = layoutsOf(inCall({})).filter((one) => one.id === 'tools');
    if (layout === undefined) throw new Error('no tools');
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: layout.size.width, noNaN: true }),
        fc.double({ min: 0, max: layout.size.height, noNaN: true }),
        (x, y) => {
          const found = targetAt(layout, x, y);
          const within = layout.targets.filter(
            ({ rect }) => x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height,
          );
          return found === null ? within.length === 0 : within.includes(found);
        },
      ),
    );
  });
});

describe('breaking lines', () => {
  const style = { sizeMm: 10, weight: 'regular' } as const;
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 });

  it('gives at most so many lines, none too wide, and loses words only behind an ellipsis', () => {
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 1, max: 4 }),
        (list, widthMm, mostLines) => {
          const lines = breakLines(list.join(' '), style, { widthMm, mostLines, measure });
          const whole = lines.join(' ') === list.join(' ');
          return (
            lines.length <= mostLines &&
            lines.every((line) => measure(line, 10, 'regular') <= widthMm) &&
            (whole || lines.some((line) => line.endsWith('…')))
          );
        },
      ),
    );
  });

  it('measures each word once, in the font that draws', () => {
    const fonts: string[] = [];
    const context = {
      font: '',
      measureText(text: string) {
        fonts.push(context.font);
        return { width: text.length * 50 };
      },
    };
    const real = createMeasureText(context as unknown as CanvasRenderingContext2D);
    expect([real('abcd', 10, 'strong'), real('abcd', 20, 'strong')]).toEqual([20, 40]);
    expect(fonts).toHaveLength(1);
    expect(fonts[0]).toMatch(/^600 100px .*Segoe UI/);
  });
});
