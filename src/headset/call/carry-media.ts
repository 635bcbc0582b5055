import { createMesh } from '../../client/call/mesh.ts';
import { createCallLink } from '../../client/media/call-link.ts';
import { createStillCamera } from '../../client/media/still-camera.ts';

/** Everything that sound and pictures of a call need, as one piece: fetched for the first one. */
export const carryMedia = { createMesh, createCallLink, createStillCamera };
