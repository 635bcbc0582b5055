import type { PinnablePanel } from './command.ts';
import { type ButtonControl, button } from './description.ts';
import type { HeadsetTexts, HeadsetView } from './view.ts';

/** Fixes a panel where it is, or lets it follow again; only the room has places. */
export function pinButton(panel: PinnablePanel, view: HeadsetView, { t }: HeadsetTexts): ButtonControl {
  const pinned = view.pinned.has(panel);
  return button({
    key: `pin-${panel}`,
    name: pinned ? t('call.unpin') : t('call.pin'),
    icon: pinned ? 'unpin' : 'pin',
    look: 'quiet',
    pressed: pinned,
    disabled: view.room.state === 'active' ? null : t('enter.button'),
    command: { type: 'togglePin', panel },
  });
}
