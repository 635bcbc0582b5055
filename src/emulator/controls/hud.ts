/** Names of keys and what they do, for the people before the screen. */
const HELP = [
  ['Mouse', 'point the hand'],
  ['Click, hold, or Space', 'pinch'],
  ['Right drag, or Shift drag', 'look around'],
  ['W A S D, arrow keys', 'walk and turn'],
  ['E, Q', 'stretch, crouch'],
  ['H', 'hide this help'],
] as const;

export interface Hud {
  toggle(): void;
  remove(): void;
}

export function createHud(parent: HTMLElement): Hud {
  const hud = document.createElement('div');
  hud.className = 'sightline-emulator-hud';
  const title = document.createElement('h2');
  title.textContent = 'Emulated HoloLens 2';
  const list = document.createElement('dl');
  for (const [keys, action] of HELP) {
    const term = document.createElement('dt');
    const detail = document.createElement('dd');
    term.textContent = keys;
    detail.textContent = action;
    list.append(term, detail);
  }
  hud.append(title, list);
  parent.append(hud);
  return {
    toggle: () => void hud.classList.toggle('folded'),
    remove: () => hud.remove(),
  };
}
