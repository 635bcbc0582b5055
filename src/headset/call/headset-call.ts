import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { createCallMedia } from '../../client/call/call-media.ts';
import { endsForGood } from '../../client/call/ends-for-good.ts';
import type { OpenMediaPaths } from '../../client/call/media-paths.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import type { StillCamera } from '../../client/media/still-camera.ts';
import type { CallSession, LinkQuality, MediaLink } from '../../client/types.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CameraProfile } from '../../domain/registration/camera.ts';
import type { DrawingTool } from '../../ui/panels/command.ts';
import type { SpaceState } from '../types.ts';
import { createClosedScreens } from './closed-screens.ts';
import { createSnapshotSender } from './snapshots.ts';
import { tellCamera } from './tell.ts';

export interface HeadsetCallOptions {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  readonly camera: () => CameraProfile;
  readonly space: ReadonlySignal<SpaceState>;
  readonly stillCamera: StillCamera;
  /** A time of this page on the hub's clock, ms since the epoch. */
  hubTimeOf(pageTimeMs: number): number;
  readonly openMedia: OpenMediaPaths;
  onRefused(refusal: Refusal): void;
}

/** One call on this headset: links to the others, what is sent to them, and what is in hand. */
export interface HeadsetCall {
  readonly session: CallSession;
  readonly own: OwnMedia;
  readonly links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>;
  /** The worst of the links: what the wearer should know. */
  readonly quality: ReadonlySignal<LinkQuality['level']>;
  /** Whose picture the slate shows, with its stream; a shared screen goes before a face, unless it was closed. */
  readonly picture: ReadonlySignal<SlatePicture | null>;
  /** True for a moment after a snapshot was sent to somebody. */
  readonly snapshotSent: ReadonlySignal<boolean>;
  readonly tool: ReadonlySignal<DrawingTool>;
  readonly colour: ReadonlySignal<Colour>;
  readonly coloursOpen: ReadonlySignal<boolean>;
  /** The question stands whether to end the call for good. */
  readonly asksToEnd: ReadonlySignal<boolean>;
  /** The wearer asked to leave; stays true when that worked. */
  readonly ending: ReadonlySignal<boolean>;
  selectTool(tool: DrawingTool): void;
  selectColour(colour: Colour): void;
  toggleColours(): void;
  /** Shows the shared screen no more, until one is shared anew; whoever shares it is told. */
  closeScreen(): void;
  /** Undo, Erase all and the like: refused ones are told to `onRefused`. */
  send(command: Parameters<CallSession['send']>[0]): Promise<void>;
  /** Leaves, or asks first where that ends the call for good. */
  end(): void;
  stay(): void;
  leave(): Promise<void>;
  dispose(): void;
}

export interface SlatePicture {
  readonly person: PersonKey;
  readonly stream: MediaStream;
  readonly source: 'camera' | 'screen';
}

const LEVELS: readonly LinkQuality['level'][] = ['poor', 'fair', 'good'];

export function createHeadsetCall(options: HeadsetCallOptions): HeadsetCall {
  const { session, me, own, onRefused } = options;
  const tool = signal<DrawingTool>('none');
  const colour = signal<Colour>('red');
  const coloursOpen = signal(false);
  const asksToEnd = signal(false);
  const ending = signal(false);
  const media = createCallMedia(options);
  const { links } = media;
  const stopTellingCamera = tellCamera({ session, me, camera: options.camera, space: options.space });

  const snapshots = createSnapshotSender({
    session,
    camera: own.videoTrack,
    take: options.stillCamera.take,
    hubTimeOf: options.hubTimeOf,
  });

  const quality = computed(() => {
    const levels = [...links.value.values()].map((link) => link.quality.value.level);
    return LEVELS.find((level) => levels.includes(level)) ?? 'unknown';
  });
  const closed = createClosedScreens(session);
  const picture = computed(() => {
    const { participants } = session.state.value;
    const pictures = [...links.value].flatMap(([person, link]): SlatePicture[] => {
      const stream = link.remoteVideo.value;
      const source = participants[person]?.media.video ?? 'off';
      const isHidden = source === 'off' || (source === 'screen' && closed.people.value.has(person));
      return stream === null || isHidden ? [] : [{ person, stream, source }];
    });
    return pictures.find((one) => one.source === 'screen') ?? pictures[0] ?? null;
  });

  async function send(command: Parameters<CallSession['send']>[0]): Promise<void> {
    const result = await session.send(command);
    if (!result.ok) onRefused(result.refusal);
  }

  async function leave(): Promise<void> {
    if (ending.value) return;
    batch(() => {
      asksToEnd.value = false;
      ending.value = true;
    });
    const result = await session.send({ type: 'leave' });
    if (result.ok) return;
    // Still in the call: it can be tried again.
    ending.value = false;
    onRefused(result.refusal);
  }

  return {
    session,
    own,
    links,
    quality,
    picture,
    snapshotSent: snapshots.justSent,
    tool,
    colour,
    coloursOpen,
    asksToEnd,
    ending,
    selectTool: (next) => {
      tool.value = next;
    },
    selectColour: (next) =>
      batch(() => {
        colour.value = next;
        coloursOpen.value = false;
      }),
    toggleColours: () => {
      coloursOpen.value = !coloursOpen.value;
    },
    closeScreen: () => {
      const shown = picture.peek();
      if (shown?.source === 'screen') closed.close(shown.person);
    },
    send,
    end: () => {
      if (!ending.value && endsForGood(session, me)) asksToEnd.value = true;
      else void leave();
    },
    stay: () => {
      asksToEnd.value = false;
    },
    leave,
    dispose: () => {
      closed.dispose();
      snapshots.dispose();
      stopTellingCamera();
      media.dispose();
      own.dispose();
    },
  };
}
