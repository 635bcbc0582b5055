import { ShaderStore } from '@babylonjs/core/Engines/shaderStore.js';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure.js';
import { Color3 } from '@babylonjs/core/Maths/math.color.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import type { Colour } from '../../domain/annotation/types.ts';
import { MARK_COLOURS } from '../../ui/tokens.ts';

const VERTEX = `
precision highp float;
attribute vec3 position;
uniform mat4 worldViewProjection;
void main() {
  gl_Position = worldViewProjection * vec4(position, 1.0);
}`;

const FRAGMENT = `
precision highp float;
uniform vec3 colour;
void main() {
  gl_FragColor = vec4(colour, 1.0);
}`;

/** Unlit: the display adds light to the room, shading would only take some away. `brightness` is 0..1. */
export function createMarkMaterial(scene: Scene, colour: Colour, brightness: number): ShaderMaterial {
  ShaderStore.ShadersStore.sightlineMarkVertexShader = VERTEX;
  ShaderStore.ShadersStore.sightlineMarkFragmentShader = FRAGMENT;
  const material = new ShaderMaterial(
    `mark ${colour}`,
    scene,
    { vertex: 'sightlineMark', fragment: 'sightlineMark' },
    { attributes: ['position'], uniforms: ['worldViewProjection', 'colour'] },
  );
  material.setColor3('colour', Color3.FromHexString(MARK_COLOURS[colour]).scale(brightness));
  material.backFaceCulling = false;
  return material;
}
