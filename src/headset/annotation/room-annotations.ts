import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { Colour, FrameRef, MarkShape } from '../../domain/annotation/types.ts';
import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CameraProfile } from '../../domain/registration/camera.ts';
import type { FrameLookup } from '../../domain/registration/frame-log.ts';
import type { Vec3 } from '../../domain/registration/pose.ts';
import type { RoomContext, StartRoomTools } from '../types.ts';
import { createAim } from './aim.ts';
import { anchorsInUse, startAnchorReporter } from './anchor-reporter.ts';
import type { AnnotationLabel } from './annotation-groups.ts';
import { startAnnotationLayer } from './annotation-layer.ts';
import { startDrawingTool } from './drawing-tool.ts';
import { type PlacingRoom, startMarkPlacer } from './mark-placer.ts';
import { createNameLabels } from './name-labels.ts';
import { createRoomAnchors } from './room-anchors.ts';
import { createRoomProbe } from './room-probe.ts';

/** The call that the room is about, and what the wearer has in hand. */
export interface AnnotatedCall {
  readonly session: CallSession;
  readonly tool: ReadonlySignal<'none' | MarkShape>;
  readonly colour: ReadonlySignal<Colour>;
}

export interface RoomAnnotationOptions {
  readonly call: ReadonlySignal<AnnotatedCall | null>;
  readonly me: ReadonlySignal<PersonKey | null>;
  readonly camera: () => CameraProfile;
  readonly findFrame: (frame: FrameRef, spaceEpoch: number) => FrameLookup;
  readonly words: (authorName: string, note: AnnotationLabel['note']) => string;
  readonly newId: () => string;
  /** The wearer's own drawing could not be placed. */
  readonly onRefused: (code: RefusalCode) => void;
}

/** Everything about annotations on a headset: answers marks all the time, draws while a session runs. */
export interface RoomAnnotations {
  readonly startTools: StartRoomTools;
  dispose(): void;
}

interface RunningRoom extends PlacingRoom {
  readonly context: RoomContext;
}

const NONE: ReadonlySet<string> = new Set();

export function createRoomAnnotations(options: RoomAnnotationOptions): RoomAnnotations {
  const room = signal<RunningRoom | null>(null);
  const session = computed(() => options.call.value?.session ?? null);

  // Outside of a session marks are answered too, with the reason why they can't be placed.
  const stopAnswering = effect(() => {
    const [call, me, running] = [session.value, options.me.value, room.value];
    if (call === null || me === null) return undefined;
    return untracked(() => {
      const stopReporter = startAnchorReporter(call, me, () => running?.anchors ?? null);
      const stopPlacer = startMarkPlacer({
        call,
        me,
        camera: options.camera(),
        findFrame: (frame) => options.findFrame(frame, running?.spaceEpoch() ?? 0),
        room: () => running,
      });
      return () => {
        stopPlacer();
        stopReporter();
      };
    });
  });

  const startTools: StartRoomTools = (context) => {
    const anchors = createRoomAnchors(context, options.newId);
    const running: RunningRoom = {
      context,
      anchors,
      probe: createRoomProbe(context),
      spaceEpoch: context.spaceEpoch,
    };
    room.value = running;
    const stops = [
      startDrawing(running, session, options),
      startTool(running, options),
      // Outside of a call nothing hangs on any of them.
      effect(() => anchors.keepOnly(session.value === null ? NONE : anchorsInUse(session.value.state.value))),
    ];
    return () => {
      if (room.value === running) room.value = null;
      for (const stop of stops) stop();
      anchors.dispose();
    };
  };

  return { startTools, dispose: stopAnswering };
}

function startDrawing(
  { context }: RunningRoom,
  session: ReadonlySignal<CallSession | null>,
  { words }: RoomAnnotationOptions,
): () => void {
  return effect(() => {
    const state = session.value?.state;
    if (state === undefined) return undefined;
    return untracked(() => {
      const { scene, epoch: spaceEpoch, viewer } = context;
      const stopLayer = startAnnotationLayer({ scene, state, spaceEpoch });
      const labels = createNameLabels({ scene, state, spaceEpoch, words, head: viewer.position });
      const stopFrames = context.onFrame((_, timeMs) => labels.tick(timeMs));
      return () => {
        stopFrames();
        labels.dispose();
        stopLayer();
      };
    });
  });
}

function startTool({ context, anchors }: RunningRoom, options: RoomAnnotationOptions): () => void {
  return effect(() => {
    const call = options.call.value;
    const shape = call?.tool.value ?? 'none';
    const colour = call?.colour.value ?? 'red';
    if (call === null || shape === 'none') return undefined;
    return untracked(() => {
      const aim = createAim(context, context.isOnPanel);
      const { x, y, z } = context.viewer.position;
      const head: Vec3 = [x, y, z];
      const lay = startDrawingTool({
        scene: context.scene,
        shape,
        colour,
        aim,
        anchors,
        spaceEpoch: context.spaceEpoch,
        head: () => readInto(head, context),
        onDrawn: async (placement) => {
          const annotationId = options.newId();
          const result = await call.session.send({ type: 'annotate', annotationId, shape, colour, placement });
          if (!result.ok) options.onRefused(result.refusal.code);
        },
        onRefused: options.onRefused,
      });
      return () => {
        lay();
        aim.dispose();
      };
    });
  });
}

function readInto(out: Vec3, { viewer: { position } }: RoomContext): Vec3 {
  const mutable = out as [number, number, number];
  mutable[0] = position.x;
  mutable[1] = position.y;
  mutable[2] = position.z;
  return out;
}
