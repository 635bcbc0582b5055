/**
 * Light on diffuse surfaces is in the vertices already; per pixel come the picture and the lamps' reflections,
 * found by following the mirrored view ray to the ceiling. Colours are linear with a gamma of 2.
 */
export const ROOM_VERTEX_SHADER = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec2 uv;
attribute vec4 color;
uniform mat4 viewProjection;
uniform vec2 tiles;
varying vec3 place;
varying vec3 facing;
varying vec2 where;
varying vec4 lit;
void main() {
  place = position;
  facing = normal;
  where = uv * tiles;
  lit = color;
  gl_Position = viewProjection * vec4(position, 1.0);
}`;

/** How many lamps the shader can mirror. */
export const MAX_LAMPS = 3;

export const ROOM_FRAGMENT_SHADER = `
precision highp float;
uniform sampler2D picture;
uniform vec3 eye;
uniform vec4 lamps[${MAX_LAMPS}];
uniform float lampHeight;
uniform float exposure;
uniform vec4 display;
uniform float reflectance;
uniform float metallic;
uniform float roughness;
varying vec3 place;
varying vec3 facing;
varying vec2 where;
varying vec4 lit;

float mirrored(vec3 ray) {
  if (ray.y < 0.02) return 0.0;
  float reach = (lampHeight - place.y) / ray.y;
  vec2 at = place.xz + ray.xz * reach;
  float blur = 0.02 + roughness * 0.55 * reach;
  float sum = 0.0;
  for (int i = 0; i < ${MAX_LAMPS}; i++) {
    vec2 outside = abs(at - lamps[i].xy) - lamps[i].zw;
    vec2 part = 1.0 - smoothstep(-blur, blur, outside);
    sum += part.x * part.y;
  }
  return sum * min(1.0, 0.12 / blur + 0.12);
}

void main() {
  vec4 texel = texture2D(picture, where);
  if (texel.a < 0.5) discard;
  vec3 albedo = texel.rgb * texel.rgb;
  vec3 n = normalize(facing);
  vec3 v = normalize(eye - place);
  float nv = clamp(dot(n, v), 0.0, 1.0);
  vec3 ray = reflect(-v, n);
  float away = 1.0 - nv;
  float fresnel = away * away * away * away * away * (1.0 - roughness);
  vec3 tinted = albedo * lit.rgb;
  float surroundings = mix(0.2, 0.75, smoothstep(-0.5, 0.8, ray.y));
  float seen = surroundings * lit.a + 5.0 * mirrored(ray) * min(1.0, lit.a * 1.4);
  vec3 mirror = mix(vec3(reflectance), tinted / max(lit.a, 0.05) * reflectance, metallic);
  vec3 color = tinted * (1.0 - 0.75 * metallic) + (mirror + (1.0 - mirror) * fresnel * 0.5) * seen;
  // Around the display (its middle and half sizes, in pixels) the room is seen past the visor's edge: dimmer.
  vec2 beyond = abs(gl_FragCoord.xy - display.xy) - display.zw;
  color *= exposure * (max(beyond.x, beyond.y) > 0.0 ? 0.42 : 1.0);
  color = clamp(color * (2.51 * color + 0.03) / (color * (2.43 * color + 0.59) + 0.14), 0.0, 1.0);
  gl_FragColor = vec4(sqrt(color), 1.0);
}`;
