import { type ButtonControl, button } from './description.ts';
import type { HeadsetTexts, RoomView } from './view.ts';

/** Fixes the panels where they are, or lets them follow again; only the room has places. */
export function pinButton(room: RoomView, { t }: HeadsetTexts): ButtonControl {
  return button({
    key: 'pin',
    name: room.pinned ? t('call.unpin') : t('call.pin'),
    icon: room.pinned ? 'unpin' : 'pin',
    look: 'quiet',
    pressed: room.pinned,
    disabled: room.state === 'active' ? null : t('pin.needsRoom'),
    command: { type: 'togglePin' },
  });
}
