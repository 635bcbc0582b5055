import { type ButtonControl, button } from './description.ts';
import type { HeadsetTexts, RoomView } from './view.ts';

/** Fixes the panels where they are, or lets them follow again. Only the room has places, so only there it is offered. */
export function pinButtons(room: RoomView, { t }: HeadsetTexts): readonly ButtonControl[] {
  if (room.state !== 'active') return [];
  return [
    button({
      key: 'pin',
      name: room.pinned ? t('call.unpin') : t('call.pin'),
      icon: room.pinned ? 'unpin' : 'pin',
      look: 'quiet',
      pressed: room.pinned,
      command: { type: 'togglePin' },
    }),
  ];
}
