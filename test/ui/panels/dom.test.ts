// @vitest-environment happy-dom
import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PanelCommand } from '../../../src/ui/panels/command.ts';
import { PanelsView } from '../../../src/ui/panels/dom/panels-view.tsx';
import { describePanels } from '../../../src/ui/panels/panels.ts';
import type { HeadsetView } from '../../../src/ui/panels/view.ts';
import { detailsWords } from '../../../src/ui/parts/refusal-details.tsx';
import { atHome, contact, inCall, ROOM, TEXTS, view } from '../../support/headset-views.ts';

const root = document.createElement('div');
document.body.append(root);
const send = vi.fn<(command: PanelCommand) => void>();

function show(of: HeadsetView): void {
  render(h(PanelsView, { panels: describePanels(of, TEXTS), send, words: detailsWords(TEXTS.t) }), root);
}
/** By role and accessible name, as a person with a screen reader finds it. */
function find(role: string, name: string): HTMLElement {
  const candidates = [
    ...root.querySelectorAll<HTMLElement>(role === 'button' ? 'button:not([role])' : `[role="${role}"]`),
  ];
  const nameOf = (element: HTMLElement): string => {
    const labelledBy = element.getAttribute('aria-labelledby');
    const label = labelledBy === null ? null : document.getElementById(labelledBy)?.textContent;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim();
  };
  const found = candidates.find((element) => nameOf(element) === name);
  if (found === undefined) throw new Error(`no ${role} "${name}" among ${candidates.map(nameOf).join(', ')}`);
  return found;
}

afterEach(() => {
  render(null, root);
  send.mockClear();
});

describe('panels in the page', () => {
  it('are found by role and name, and send their commands', () => {
    show(view());
    expect(find('region', 'Recent Contacts').tagName).toBe('SECTION');
    find('button', 'Call Person A, Available').click();
    expect(send).toHaveBeenCalledExactlyOnceWith({ type: 'callPerson', person: 'a' });
  });

  it('keep a control that cannot be used reachable, with the reason, and without effect', () => {
    show(inCall({ canUndo: false }));
    const undo = find('button', 'Undo');
    undo.click();
    expect(send).not.toHaveBeenCalled();
    expect([undo.getAttribute('aria-disabled'), undo.title, undo.hasAttribute('disabled')]).toEqual([
      'true',
      'Nothing of yours to undo yet.',
      false,
    ]);
  });

  it('say what is pressed, checked, expanded and busy', () => {
    const media = { muted: true, microphoneProblem: 'none', video: 'starting', cameraProblem: 'none' } as const;
    show(inCall({ media, tool: 'ink', coloursOpen: true, colour: 'blue' }));
    expect(find('button', 'Unmute').getAttribute('aria-pressed')).toBe('true');
    expect(find('button', 'Ink').getAttribute('aria-pressed')).toBe('true');
    expect(find('button', 'Arrow').getAttribute('aria-pressed')).toBe('false');
    expect(find('button', 'Colors: Blue').getAttribute('aria-expanded')).toBe('true');
    expect(find('button', 'Stop Video').getAttribute('aria-busy')).toBe('true');
    expect(find('radio', 'Blue').getAttribute('aria-checked')).toBe('true');
    expect(find('radio', 'Red').getAttribute('aria-checked')).toBe('false');
  });

  it('tell notices politely and ask questions as alert dialogs', () => {
    show(inCall({ editing: ['Eva Lind'] }));
    expect(find('status', 'Notices').getAttribute('aria-live')).toBe('polite');
    show(atHome({ incoming: { from: 'Eva Lind', others: [], meetingTitle: null, answering: false } }));
    expect(find('alertdialog', 'Eva Lind is calling').querySelectorAll('button')).toHaveLength(3);
  });

  it('keep the focus where it is while everything around it changes', () => {
    show(atHome({ contacts: { state: 'ready', value: [contact('a'), contact('b')] } }));
    const focused = find('button', 'Call Person B, Available');
    focused.focus();
    show(atHome({ contacts: { state: 'ready', value: [contact('0'), contact('a'), contact('b'), contact('c')] } }));
    expect(document.activeElement).toBe(focused);
    expect(focused.isConnected).toBe(true);
  });

  it('give the focus to the panel that replaces the one that had it', () => {
    show(view());
    find('button', 'Dana Reyes, ABC: account menu').focus();
    show(atHome({ open: 'menu' }));
    expect(document.activeElement).toBe(find('region', 'Dana Reyes'));
    show(atHome({ open: 'search' }));
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('bring the focus to an incoming call, and never to a notice', () => {
    show(view());
    show(view({ online: false }));
    expect(document.activeElement).toBe(document.body);
    show(atHome({ incoming: { from: 'Eva Lind', others: [], meetingTitle: null, answering: false } }));
    expect(document.activeElement).toBe(find('button', 'Video'));
  });

  it('say what a question is about, bring the focus to the answer that changes nothing, and give it back', () => {
    show(inCall({}));
    const endCall = find('button', 'End Call');
    endCall.focus();
    show(inCall({ asksToEnd: true }));
    const question = find('alertdialog', 'End the call?');
    const body = document.getElementById(question.getAttribute('aria-describedby') ?? '');
    expect(body?.textContent).toBe('The link cannot be used again.');
    const stay = find('button', 'Stay in the call');
    expect(document.activeElement).toBe(stay);
    stay.click();
    find('button', 'End call').click();
    expect(send.mock.calls).toEqual([[{ type: 'stayInCall' }], [{ type: 'endForGood' }]]);
    show(inCall({}));
    expect(document.activeElement).toBe(endCall);
  });

  it('walk along a row of tools with the arrow keys, round its ends', () => {
    show(inCall({}));
    const first = find('button', 'Mute');
    first.focus();
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('ArrowRight');
    expect(document.activeElement).toBe(find('button', 'Start Video'));
    press('ArrowLeft');
    press('ArrowLeft');
    expect(document.activeElement).toBe(find('button', 'End Call'));
  });

  it('send what is typed into the search', () => {
    show(atHome({ open: 'search' }));
    const input = root.querySelector('input');
    if (input === null) throw new Error('no search field');
    input.value = 'eva';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    expect(send).toHaveBeenLastCalledWith({ type: 'searchFor', query: 'eva' });
    expect(root.querySelector('[data-control^="key-"]')).toBeNull();
  });

  it('use no style attributes, which the Content-Security-Policy forbids in markup', () => {
    for (const one of [view({ room: { ...ROOM, state: 'ready' } }), inCall({ coloursOpen: true })]) {
      show(one);
      expect(root.innerHTML).not.toContain('style=');
    }
  });
});
