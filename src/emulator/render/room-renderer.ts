import { FreeCamera } from '@babylonjs/core/Cameras/freeCamera.js';
import { Engine } from '@babylonjs/core/Engines/engine.js';
import { Material } from '@babylonjs/core/Materials/material.js';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js';
import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.js';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js';
import { Color4 } from '@babylonjs/core/Maths/math.color.js';
import { Matrix, Quaternion, Vector2, Vector3, Vector4 } from '@babylonjs/core/Maths/math.vector.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js';
import { Scene } from '@babylonjs/core/scene.js';
import type { Pose } from '../../domain/registration/pose.ts';
import type { Lamp, Room } from '../room/room.ts';
import { paintAtlas } from './paint/atlas.ts';
import { ATLAS_SIZE_PX, DECALS } from './paint/decals.ts';
import { paintMaterial, type Surfacing } from './paint/materials.ts';
import { createPictureTarget, type PictureSize } from './picture-target.ts';
import { type Frustum, projectionMatrix } from './projection.ts';
import { buildLitMeshes, type LitMesh } from './room-mesh.ts';
import { MAX_LAMPS, ROOM_FRAGMENT_SHADER, ROOM_VERTEX_SHADER } from './shader.ts';

export interface RoomRendererOptions {
  readonly room: Room;
  /** Where the wearer's view of the room is drawn. */
  readonly canvas: HTMLCanvasElement;
  /** Smooth edges and sharp slanted textures; costs too much in software. */
  readonly quality: 'fine' | 'light';
}

/** Draws one model of the room for two observers, with one WebGL context. */
export interface RoomRenderer {
  /** Draws to the canvas, whose size in pixels is the picture's; `displayShare` of it in the middle is not dimmed. */
  drawView(eye: Pose, frustum: Frustum, displayShare: readonly [x: number, y: number]): void;
  /** RGBA rows from the top; the buffer is reused by the next call. */
  drawPicture(camera: Pose, frustum: Frustum, size: PictureSize): Promise<Uint8Array<ArrayBuffer>>;
  dispose(): void;
}

const CAMERA_EXPOSURE = 1.05;
/** The visor keeps about half of the light out, or no hologram could be seen before a white wall. */
const VISOR_EXPOSURE = 0.45;

/** Middle and half sizes of an area that leaves nothing out. */
const EVERYWHERE = new Vector4(0, 0, 1e6, 1e6);

interface Light {
  readonly exposure: number;
  readonly display: Vector4;
}

const DECAL_SURFACING: Omit<Surfacing, 'picture'> = {
  tileM: [1, 1],
  reflectance: 0.03,
  metallic: false,
  roughness: 0.55,
};

export async function createRoomRenderer(options: RoomRendererOptions): Promise<RoomRenderer> {
  const { room, canvas } = options;
  const fine = options.quality === 'fine';
  const engine = new Engine(canvas, fine, { alpha: false, stencil: false, audioEngine: false });
  const gl = canvas.getContext('webgl2');
  if (gl === null) throw new Error('The emulated room needs WebGL 2.');
  const scene = new Scene(engine);
  scene.useRightHandedSystem = true;
  scene.autoClear = true;
  scene.clearColor = new Color4(0, 0, 0, 1);
  scene.skipPointerMovePicking = true;
  scene.detachControl();
  const atlas = paintAtlas(DECALS, ATLAS_SIZE_PX);
  const materials: ShaderMaterial[] = [];
  const meshes = buildLitMeshes(room, atlas.areas).map((lit) => {
    const surfacing =
      lit.material === 'decal' ? { ...DECAL_SURFACING, picture: atlas.picture } : paintMaterial(lit.material);
    const material = createMaterial(scene, { name: lit.material, surfacing, lamps: room.lamps, fine });
    materials.push(material);
    return createMesh(scene, lit, material);
  });
  const camera = new FreeCamera('observer', Vector3.Zero(), scene);
  const orientation = new Quaternion();
  camera.rotationQuaternion = orientation;
  scene.activeCamera = camera;
  await Promise.all(materials.map((material, i) => material.forceCompilationAsync(meshes[i] as Mesh)));

  const observe = (pose: Pose, frustum: Frustum, { exposure, display }: Light): void => {
    camera.position.fromArray(pose.position);
    orientation.set(...pose.orientation);
    camera.freezeProjectionMatrix(Matrix.FromArray(projectionMatrix(frustum)));
    for (const material of materials) {
      material.setVector3('eye', camera.position);
      material.setFloat('exposure', exposure);
      material.setVector4('display', display);
    }
  };
  const display = new Vector4();
  const target = createPictureTarget({ scene, meshes, camera, fine, gl });

  return {
    drawView(eye, frustum, displayShare) {
      engine.setSize(canvas.width, canvas.height);
      const [halfX, halfY] = [canvas.width / 2, canvas.height / 2];
      display.set(halfX, halfY, halfX * displayShare[0], halfY * displayShare[1]);
      observe(eye, frustum, { exposure: VISOR_EXPOSURE, display });
      engine.beginFrame();
      scene.render();
      engine.endFrame();
    },
    drawPicture(pose, frustum, size) {
      observe(pose, frustum, { exposure: CAMERA_EXPOSURE, display: EVERYWHERE });
      return target.draw(size);
    },
    dispose() {
      target.dispose();
      scene.dispose();
      engine.dispose();
    },
  };
}

interface MaterialOptions {
  readonly name: string;
  readonly surfacing: Surfacing;
  readonly lamps: readonly Lamp[];
  readonly fine: boolean;
}

function createMaterial(scene: Scene, { name, surfacing, lamps, fine }: MaterialOptions): ShaderMaterial {
  const material = new ShaderMaterial(
    `room ${name}`,
    scene,
    { vertexSource: ROOM_VERTEX_SHADER, fragmentSource: ROOM_FRAGMENT_SHADER },
    {
      attributes: ['position', 'normal', 'uv', 'color'],
      uniforms: [
        'viewProjection',
        'tiles',
        'eye',
        'lamps',
        'lampHeight',
        'exposure',
        'display',
        'reflectance',
        'metallic',
        'roughness',
      ],
      samplers: ['picture'],
    },
  );
  const repeats = name !== 'decal';
  material.setTexture('picture', createTexture(scene, surfacing.picture, { repeats, fine }));
  material.setVector2('tiles', new Vector2(1 / surfacing.tileM[0], 1 / surfacing.tileM[1]));
  material.setFloat('reflectance', surfacing.reflectance);
  material.setFloat('metallic', surfacing.metallic ? 1 : 0);
  material.setFloat('roughness', surfacing.roughness);
  material.setFloat('lampHeight', lamps[0]?.center[1] ?? 0);
  material.setArray4('lamps', Array.from({ length: MAX_LAMPS }, (_, i) => lampRectangle(lamps[i])).flat());
  // Babylon takes clockwise triangles for the front in a right-handed scene; ours are counter-clockwise.
  material.sideOrientation = Material.CounterClockWiseSideOrientation;
  return material;
}

/** x, z and half sizes; a lamp that isn't there is far away. */
function lampRectangle(lamp: Lamp | undefined): number[] {
  if (lamp === undefined) return [1e4, 1e4, 0, 0];
  return [lamp.center[0], lamp.center[2], lamp.width / 2, lamp.depth / 2];
}

function createTexture(
  scene: Scene,
  picture: OffscreenCanvas,
  { repeats, fine }: { readonly repeats: boolean; readonly fine: boolean },
): DynamicTexture {
  const { width, height } = picture;
  const options = { scene, generateMipMaps: true, samplingMode: Texture.TRILINEAR_SAMPLINGMODE };
  const texture = new DynamicTexture('picture', { width, height }, options);
  texture.getContext().drawImage(picture, 0, 0);
  const mode = repeats ? Texture.WRAP_ADDRESSMODE : Texture.CLAMP_ADDRESSMODE;
  texture.wrapU = mode;
  texture.wrapV = mode;
  texture.anisotropicFilteringLevel = fine ? 8 : 2;
  texture.update();
  return texture;
}

function createMesh(scene: Scene, lit: LitMesh, material: ShaderMaterial): Mesh {
  const mesh = new Mesh(`room ${lit.material}`, scene);
  const data = new VertexData();
  data.positions = lit.positions;
  data.normals = lit.normals;
  data.uvs = lit.uvs;
  data.colors = lit.colors;
  data.indices = lit.indices;
  data.applyToMesh(mesh);
  mesh.material = material;
  mesh.alwaysSelectAsActiveMesh = true;
  mesh.isPickable = false;
  mesh.freezeWorldMatrix();
  return mesh;
}
