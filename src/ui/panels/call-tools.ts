import { COLOURS } from '../../domain/annotation/types.ts';
import { type ButtonControl, button, type PanelDescription, type PanelItem, panel } from './description.ts';
import { pinButtons } from './pin-button.ts';
import type { CallView, HeadsetTexts, HeadsetView } from './view.ts';

/** The one row of tools of a call, with the colours above it while they are open. */
export function toolsPanel(call: CallView, view: HeadsetView, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const tools: PanelItem = {
    kind: 'row',
    key: 'tools',
    controls: [
      ...mediaTools(call, texts),
      ...drawingTools(call, view, texts),
      ...pinButtons(view.room, texts),
      endButton(call, texts),
    ],
  };
  return panel({
    id: 'tools',
    title: t('room.tools'),
    showTitle: false,
    role: 'toolbar',
    items: call.coloursOpen ? [colourChoices(call, texts), tools] : [tools],
  });
}

/** What has to be in reach at every moment of a call. */
export const callButtons = (call: CallView, texts: HeadsetTexts): readonly ButtonControl[] => [
  muteButton(call, texts),
  endButton(call, texts),
];

const endButton = ({ ending }: CallView, { t }: HeadsetTexts): ButtonControl =>
  button({
    key: 'end-call',
    name: t('tool.endCall'),
    icon: 'end-call',
    look: 'danger',
    busy: ending,
    command: { type: 'endCall' },
  });

const muteButton = ({ media }: CallView, { t }: HeadsetTexts): ButtonControl =>
  button({
    key: 'mute',
    name: media.muted ? t('tool.unmute') : t('tool.mute'),
    icon: media.muted ? 'mic-off' : 'mic',
    pressed: media.muted,
    disabled: media.microphoneProblem === 'none' ? null : t(`microphone.${media.microphoneProblem}`),
    command: { type: 'toggleMute' },
  });

function mediaTools(call: CallView, texts: HeadsetTexts): readonly ButtonControl[] {
  const { media } = call;
  const { t } = texts;
  return [
    muteButton(call, texts),
    button({
      key: 'video',
      name: media.video === 'off' ? t('tool.startVideo') : t('tool.stopVideo'),
      icon: media.video === 'off' ? 'video' : 'video-off',
      busy: media.video === 'starting',
      command: { type: 'toggleVideo' },
    }),
  ];
}

function drawingTools(call: CallView, view: HeadsetView, { t }: HeadsetTexts): readonly ButtonControl[] {
  const outside = view.room.state === 'active' ? null : t('draw.needsRoom');
  return [
    button({
      key: 'arrow',
      name: t('tool.arrow'),
      icon: 'arrow',
      pressed: call.tool === 'arrow',
      disabled: outside,
      command: { type: 'selectTool', tool: call.tool === 'arrow' ? 'none' : 'arrow' },
    }),
    button({
      key: 'ink',
      name: t('tool.ink'),
      icon: 'ink',
      pressed: call.tool === 'ink',
      disabled: outside,
      command: { type: 'selectTool', tool: call.tool === 'ink' ? 'none' : 'ink' },
    }),
    button({
      key: 'colours',
      name: t('tool.colours'),
      label: t('call.colour', { colour: t(`colour.${call.colour}`) }),
      icon: 'colours',
      swatch: call.colour,
      expanded: call.coloursOpen,
      command: { type: 'toggleColours' },
    }),
    button({
      key: 'undo',
      name: t('tool.undo'),
      icon: 'undo',
      disabled: call.canUndo ? null : t('undo.nothing'),
      command: { type: 'undo' },
    }),
    button({
      key: 'erase-all',
      name: t('tool.eraseAll'),
      icon: 'erase-all',
      disabled: call.canErase ? null : t('erase.nothing'),
      command: { type: 'eraseAll' },
    }),
  ];
}

function colourChoices(call: CallView, { t }: HeadsetTexts): PanelItem {
  return {
    kind: 'choices',
    key: 'colours',
    name: t('tool.colours'),
    options: COLOURS.map((colour) =>
      button({
        key: `colour-${colour}`,
        role: 'radio',
        name: t(`colour.${colour}`),
        swatch: colour,
        pressed: colour === call.colour,
        command: { type: 'selectColour', colour },
      }),
    ),
  };
}
