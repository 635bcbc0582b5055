import { button, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import type { Capability, HeadsetTexts, RoomView } from './view.ts';

/** The way into the room, or a report of what is missing for it. Only the page shows this. */
export function enterRoomPanel(room: RoomView, texts: HeadsetTexts): PanelDescription {
  return panel({
    id: 'enter',
    title: texts.t('enter.title'),
    surface: 'page',
    items: [...stateItems(room, texts), ...emulatorItems(room, texts)],
  });
}

function stateItems(room: RoomView, texts: HeadsetTexts): readonly PanelItem[] {
  const { t } = texts;
  switch (room.state) {
    case 'checking':
      return [textItem('checking', t('opening.loading'), { tone: 'quiet', icon: 'sync' })];
    case 'unavailable':
      return [
        textItem('missing', t('enter.missing'), { icon: 'glasses' }),
        ...capabilityItems(room.capabilities, texts),
      ];
    case 'ready':
    case 'entering':
      return [
        ...(room.failed ? [textItem('failed', t('enter.failed'), { tone: 'waiting', icon: 'warning' })] : []),
        ...(room.mode === 'immersive-vr' ? [textItem('vr', t('enter.vr'), { tone: 'quiet', icon: 'info' })] : []),
        button({
          key: 'enter',
          name: room.state === 'entering' ? t('enter.starting') : t('enter.button'),
          icon: 'glasses',
          look: 'primary',
          busy: room.state === 'entering',
          command: { type: 'enterRoom' },
        }),
      ];
    case 'active':
      return [
        textItem('active', t('enter.active'), { tone: 'good', icon: 'check' }),
        button({ key: 'leave', name: t('enter.leave'), icon: 'laptop', command: { type: 'leaveRoom' } }),
      ];
  }
}

function capabilityItems(capabilities: readonly Capability[], { t }: HeadsetTexts): readonly PanelItem[] {
  const has = (name: Capability['name']): boolean => capabilities.some((one) => one.name === name && one.present);
  const lines = capabilities.map((one) =>
    textItem(
      `capability-${one.name}`,
      t(one.present ? 'capability.present' : 'capability.absent', { name: t(`capability.${one.name}`) }),
      { tone: one.present ? 'quiet' : 'waiting', icon: one.present ? 'check' : 'close' },
    ),
  );
  if (!has('secure')) lines.push(textItem('insecure-hint', t('capability.insecureHint'), { icon: 'info' }));
  else if (!has('immersive-ar')) lines.push(textItem('update-hint', t('capability.updateHint'), { icon: 'info' }));
  return lines;
}

function emulatorItems(room: RoomView, { t }: HeadsetTexts): readonly PanelItem[] {
  if (room.emulator === 'not-offered' || room.emulator === 'running') return [];
  const emulate = button({
    key: 'emulate',
    name: room.emulator === 'starting' ? t('enter.emulating') : t('enter.emulate'),
    icon: 'glasses',
    look: room.state === 'unavailable' ? 'primary' : 'quiet',
    busy: room.emulator === 'starting',
    command: { type: 'emulate' },
  });
  if (room.emulator !== 'failed') return [emulate];
  return [textItem('emulate-failed', t('enter.emulateFailed'), { tone: 'waiting', icon: 'warning' }), emulate];
}
