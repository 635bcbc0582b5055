import { describe, expect, it } from 'vitest';
import { controlsOf, type PanelDescription } from '../../../src/ui/panels/description.ts';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import type { HomeView, OneTimeView } from '../../../src/ui/panels/view.ts';
import { qrModules } from '../../../src/ui/parts/qr-modules.ts';
import { atHome, TEXTS } from '../../support/headset-views.ts';

const CODE = qrModules('https://sightline.example/join/abc');
const READY: Extract<OneTimeView, { state: 'ready' }> = {
  state: 'ready',
  meetingId: 'm',
  title: 'EventTitle',
  url: 'https://sightline.example/join/abc',
  code: CODE,
};
type Surface = 'page' | 'room';
function panelOf(home: Partial<HomeView>, id: PanelDescription['id'], on: Surface = 'page'): PanelDescription {
  const found = describePanels(atHome(home), TEXTS).find((one) => one.id === id && [on, 'both'].includes(one.surface));
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}
const shown = (oneTime: OneTimeView, on?: Surface) => panelOf({ open: 'oneTime', oneTime }, 'one-time', on);
const commands = (panel: PanelDescription) => controlsOf(panel).map(({ command }) => command?.type);

describe('the one-time call of a headset', () => {
  it('is in the menu, by the name that the desk has for it', () => {
    const [button] = controlsOf(panelOf({ open: 'menu' }, 'menu')).filter(({ key }) => key === 'one-time');
    expect(button).toMatchObject({ name: 'Create a one-time call link', command: { type: 'openOneTime' } });
    const again = controlsOf(panelOf({ open: 'menu', oneTime: READY }, 'menu')).find(({ key }) => key === 'one-time');
    expect(again).toMatchObject({ name: 'Show the one-time call link' });
  });

  it('shows a code with the link, what to do with it, and where else it stands', () => {
    const panel = shown(READY);
    expect(panel.items).toContainEqual(expect.objectContaining({ kind: 'code', modules: CODE }));
    expect(JSON.stringify(panel)).toContain('On a screen, scan it with the customer’s phone.');
    expect(JSON.stringify(panel)).toContain('Or send it from your list at the desk: EventTitle.');
    expect(commands(panel)).toEqual(['closeOneTime', 'joinMeeting', 'createOneTime']);
  });

  it.each([CODE, null])('says in the room where the link is, and shows neither code nor link', (code) => {
    const panel = shown({ ...READY, code }, 'room');
    expect(panel.items[0]).toMatchObject({ text: 'The link is in your list at the desk: EventTitle.' });
    expect(panel.items.map(({ kind }) => kind)).toEqual(['text', 'row']);
    expect(commands(panel)).toEqual(['closeOneTime', 'joinMeeting', 'createOneTime']);
  });

  it('shows the link itself where its code could not be drawn', () => {
    const panel = shown({ ...READY, code: null });
    expect(panel.items.map(({ kind }) => kind)).not.toContain('code');
    expect(JSON.stringify(panel)).toContain('https://sightline.example/join/abc');
    expect(commands(panel)).toEqual(['closeOneTime', 'joinMeeting', 'createOneTime']);
  });

  it('says that it is being made, and why it could not be', () => {
    expect(JSON.stringify(shown({ state: 'creating' }))).toContain('Creating…');
    const failed = shown({ state: 'failed', refusal: { code: 'anonymous-off' } });
    expect(JSON.stringify(failed)).toContain('Only people with an account may join this meeting.');
    expect(commands(failed)).toEqual(['closeOneTime', 'createOneTime']);
  });
});
