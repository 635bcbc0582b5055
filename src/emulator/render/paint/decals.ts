import type { DecalName } from '../../room/room.ts';
import type { DecalPainter } from './atlas.ts';
import { paintClipboard, paintCuttingMat, paintPegboard } from './bench.ts';
import {
  paintBreakers,
  paintDial,
  paintDisplay,
  paintHatchLabel,
  paintNameplate,
  paintStripes,
} from './instruments.ts';
import {
  paintDrumLabel,
  paintExtinguisherSign,
  paintFloorMark,
  paintLockoutSign,
  paintPipeLabel,
  paintShutter,
} from './signs.ts';

export const ATLAS_SIZE_PX = 2048;

/** Every decal with its size in the atlas: about 2 px for a millimetre of what stands before the wearer. */
export const DECALS: Readonly<Record<DecalName, DecalPainter>> = {
  dial: { width: 512, height: 512, paint: paintDial },
  display: { width: 560, height: 380, paint: paintDisplay },
  nameplate: { width: 440, height: 260, paint: paintNameplate },
  lockoutSign: { width: 560, height: 400, paint: paintLockoutSign },
  hatchLabel: { width: 440, height: 286, paint: paintHatchLabel },
  hazardStripes: { width: 1024, height: 48, paint: paintStripes },
  pegboard: { width: 1000, height: 500, paint: paintPegboard },
  breakers: { width: 520, height: 764, paint: paintBreakers },
  cuttingMat: { width: 420, height: 588, paint: paintCuttingMat },
  clipboard: { width: 264, height: 360, paint: paintClipboard },
  floorMark: { width: 256, height: 256, paint: paintFloorMark },
  extinguisherSign: { width: 128, height: 128, paint: paintExtinguisherSign },
  pipeLabel: { width: 256, height: 64, paint: paintPipeLabel },
  shutter: { width: 512, height: 536, paint: paintShutter },
  drumLabel: { width: 200, height: 200, paint: paintDrumLabel },
};
