/** Names of keys and what they do, for the people before the screen. */
const HELP = [
  ['Mouse', 'point'],
  ['Click or Space', 'pinch'],
  ['Right or Shift drag', 'look'],
  ['W A S D', 'walk'],
  ['Arrows', 'turn'],
  ['E Q', 'up, down'],
  ['H', 'hide help'],
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
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const detail = document.createElement('dd');
    term.textContent = keys;
    detail.textContent = action;
    row.append(term, detail);
    list.append(row);
  }
  hud.append(title, list);
  parent.append(hud);
  return {
    toggle: () => void hud.classList.toggle('folded'),
    remove: () => hud.remove(),
  };
}
