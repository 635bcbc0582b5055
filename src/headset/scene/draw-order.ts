/**
 * Everything in the room is see-through and writes no depth, so who is drawn over whom is said here
 * (`AbstractMesh.alphaIndex`, smallest first). Marks lie on the work, behind what is within arm's reach.
 */
export const DRAW_ORDER = { slate: 100, panels: 200, rays: 300 } as const;
