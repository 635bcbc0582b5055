import { Constants } from '@babylonjs/core/Engines/constants.js';
import { ShaderStore } from '@babylonjs/core/Engines/shaderStore.js';
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure.js';
import type { BaseTexture } from '@babylonjs/core/Materials/Textures/baseTexture.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';

const VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec2 uv;
uniform mat4 worldViewProjection;
varying vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = worldViewProjection * vec4(position, 1.0);
}`;

const TEXTURED = `
precision highp float;
varying vec2 vUv;
uniform sampler2D picture;
uniform float strength;
void main() {
  gl_FragColor = texture2D(picture, vUv) * strength;
}`;

/** A soft disc or, with a small \`inner\`, a ring: what a ray ends in. Colour and alpha are premultiplied. */
const DISC = `
precision highp float;
varying vec2 vUv;
uniform vec3 colour;
uniform float inner;
void main() {
  float r = length(vUv - vec2(0.5)) * 2.0;
  float edge = fwidth(r);
  float a = smoothstep(1.0, 1.0 - edge - 0.08, r) * smoothstep(inner - edge - 0.08, inner, r);
  gl_FragColor = vec4(colour * a, a);
}`;

/** A beam that fades away from the hand. */
const BEAM = `
precision highp float;
varying vec2 vUv;
uniform vec3 colour;
void main() {
  float across = 1.0 - abs(vUv.x - 0.5) * 2.0;
  float along = smoothstep(0.0, 0.12, vUv.y) * (1.0 - 0.75 * vUv.y);
  float a = across * along * 0.8;
  gl_FragColor = vec4(colour * a, a);
}`;

const SHADERS = { textured: TEXTURED, disc: DISC, beam: BEAM } as const;

/**
 * Materials without light, in a few lines of shader: the display adds light and the scene has none, and a
 * StandardMaterial would bring its lazy shader chunks and ten times the work per draw.
 */
function createUnlit(name: string, kind: keyof typeof SHADERS, scene: Scene): ShaderMaterial {
  ShaderStore.ShadersStore.sightlineVertexShader = VERTEX;
  ShaderStore.ShadersStore[`sightline-${kind}FragmentShader`] = SHADERS[kind];
  const material = new ShaderMaterial(
    name,
    scene,
    { vertex: 'sightline', fragment: `sightline-${kind}` },
    {
      attributes: ['position', 'uv'],
      uniforms: ['worldViewProjection', 'strength', 'colour', 'inner'],
      samplers: ['picture'],
      needAlphaBlending: true,
    },
  );
  material.alphaMode = Constants.ALPHA_PREMULTIPLIED;
  material.backFaceCulling = false;
  return material;
}

/** Shows a texture with premultiplied alpha as it is. */
export function createTexturedMaterial(name: string, texture: BaseTexture, scene: Scene): ShaderMaterial {
  const material = createUnlit(name, 'textured', scene);
  material.setTexture('picture', texture);
  material.setFloat('strength', 1);
  return material;
}

export function createDiscMaterial(scene: Scene): ShaderMaterial {
  return createUnlit('disc', 'disc', scene);
}

export function createBeamMaterial(scene: Scene): ShaderMaterial {
  return createUnlit('beam', 'beam', scene);
}
