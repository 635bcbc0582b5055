import { controlsOf, type PanelDescription, type PanelItem } from '../../src/ui/panels/description.ts';
import { describePanels } from '../../src/ui/panels/panels.ts';
import type { HeadsetView } from '../../src/ui/panels/view.ts';
import { TEXTS } from './headset-views.ts';

export const panelsOf = (of: HeadsetView) => describePanels(of, TEXTS);
export function panelOf(of: HeadsetView, id: PanelDescription['id']): PanelDescription {
  const found = panelsOf(of).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no panel ${id} among ${panelsOf(of).map((one) => one.id)}`);
  return found;
}
export const namesOf = (panel: PanelDescription) =>
  controlsOf(panel).map((one) => ('label' in one && one.label) || ('name' in one ? one.name : ''));
export function controlOf(panel: PanelDescription, key: string) {
  const found = controlsOf(panel).find((one) => one.key === key);
  if (found === undefined) throw new Error(`no control ${key}`);
  return found;
}
export function itemOf<K extends PanelItem['kind']>(panel: PanelDescription, kind: K, key: string) {
  const found = panel.items.find((one) => one.kind === kind && one.key === key);
  if (found === undefined) throw new Error(`no ${kind} ${key}`);
  return found as Extract<PanelItem, { kind: K }>;
}
export const wordsOf = (panel: PanelDescription) =>
  panel.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
