import type { MaterialName } from '../../room/room.ts';
import { createPicture, createRandom, createTilingNoise, fillBackground, type Paint2D, shadePixels } from './canvas.ts';

/** A material's picture that repeats every `tileM` metres, and how its surface takes the lamps' reflections. */
export interface Surfacing {
  readonly picture: OffscreenCanvas;
  readonly tileM: readonly [u: number, v: number];
  /** Reflection straight on, 0..1; metals reflect in their own colour. */
  readonly reflectance: number;
  readonly metallic: boolean;
  /** 0 mirrors, 1 is dull. */
  readonly roughness: number;
}

export type TiledMaterial = Exclude<MaterialName, 'decal'>;

export function paintMaterial(name: TiledMaterial): Surfacing {
  switch (name) {
    case 'concrete':
      return { ...dielectric(0.05, 0.35), picture: createPicture(512, 512, paintConcrete), tileM: [2.05, 2.05] };
    case 'wall':
      return { ...dielectric(0.02, 0.8), picture: createPicture(512, 512, paintWall), tileM: [2.9, 2.9] };
    case 'wood':
      return { ...dielectric(0.04, 0.5), picture: createPicture(512, 512, paintWood), tileM: [0.7, 1.4] };
    case 'steel':
      return {
        picture: createPicture(256, 256, paintSteel),
        tileM: [0.3, 0.3],
        reflectance: 0.9,
        metallic: true,
        roughness: 0.3,
      };
    case 'paint':
      return { ...dielectric(0.05, 0.28), picture: createPicture(256, 256, paintEnamel), tileM: [0.4, 0.4] };
    case 'rubber':
      return { ...dielectric(0.02, 0.9), picture: createPicture(128, 128, paintEnamel), tileM: [0.2, 0.2] };
  }
}

function dielectric(reflectance: number, roughness: number): Omit<Surfacing, 'picture' | 'tileM'> {
  return { reflectance, roughness, metallic: false };
}

function paintConcrete(context: Paint2D): void {
  const random = createRandom(11);
  const clouds = createTilingNoise(5, random);
  const stains = createTilingNoise(17, random);
  const grain = createTilingNoise(171, random);
  fillBackground(context, '#9c9d9a');
  const size = context.canvas.width;
  for (let i = 0; i < 900; i++) {
    context.fillStyle = random() < 0.5 ? 'rgba(70,70,68,0.16)' : 'rgba(220,220,214,0.14)';
    context.beginPath();
    context.arc(random() * size, random() * size, 0.5 + random() * 1.6, 0, 7);
    context.fill();
  }
  // The joint between two cast slabs.
  context.fillStyle = 'rgba(50,50,50,0.55)';
  context.fillRect(0, 0, size, 2);
  context.fillRect(0, 0, 2, size);
  shadePixels(context, (x, y) => 0.8 + 0.22 * clouds(x, y) + 0.1 * stains(x, y) + 0.09 * (grain(x, y) - 0.5));
}

/** Plaster: a grey-green dado to 1.2 m of the room's 2.9 m, a dark line on it, off-white above. */
function paintWall(context: Paint2D): void {
  const { width, height } = context.canvas;
  const dado = height * (1 - 1.2 / 2.9);
  const random = createRandom(23);
  const clouds = createTilingNoise(6, random);
  const grain = createTilingNoise(128, random);
  fillBackground(context, '#dcdcd5');
  context.fillStyle = '#7f9391';
  context.fillRect(0, dado, width, height - dado);
  context.fillStyle = '#3f5457';
  context.fillRect(0, dado - 5, width, 5);
  context.fillStyle = 'rgba(60,50,40,0.05)';
  for (let i = 0; i < 40; i++)
    context.fillRect(random() * width, dado + random() * (height - dado), 2 + random() * 30, 1);
  shadePixels(context, (x, y) => 0.92 + 0.08 * clouds(x, y) + 0.05 * (grain(x, y) - 0.5));
}

/** Boards along v, each with a grain of its own. */
function paintWood(context: Paint2D): void {
  const boards = 5;
  const random = createRandom(37);
  const streaks = createTilingNoise(96, random);
  const waves = createTilingNoise(7, random);
  const tones = Array.from({ length: boards }, () => 0.84 + random() * 0.22);
  fillBackground(context, '#b98a56');
  shadePixels(context, (x, y) => {
    const board = Math.min(boards - 1, Math.floor(x * boards));
    const bent = (x + 0.012 * waves(x, y * 0.999) + 1) % 1;
    const fine = streaks(bent, (y * 0.04 + board * 0.31) % 1);
    const rings = 0.5 + 0.5 * Math.sin((bent * boards * 9 + 1.7 * waves((y * 0.6) % 1, bent)) * 2 * Math.PI);
    const edge = Math.min(x * boards - board, board + 1 - x * boards) < 0.012 ? 0.55 : 1;
    return (tones[board] ?? 1) * edge * (0.78 + 0.26 * fine + 0.07 * rings);
  });
}

/** Brushed along u. */
function paintSteel(context: Paint2D): void {
  const random = createRandom(41);
  const brush = createTilingNoise(128, random);
  const clouds = createTilingNoise(5, random);
  fillBackground(context, '#d9dcdf');
  shadePixels(context, (x, y) => 0.86 + 0.12 * brush((x * 0.08) % 1, y) + 0.06 * clouds(x, y));
}

/** Sprayed enamel: almost even, with a little orange peel and wear. */
function paintEnamel(context: Paint2D): void {
  const random = createRandom(53);
  const clouds = createTilingNoise(4, random);
  const peel = createTilingNoise(60, random);
  fillBackground(context, '#ffffff');
  shadePixels(context, (x, y) => 0.93 + 0.05 * clouds(x, y) + 0.025 * (peel(x, y) - 0.5));
}
