import { COLOURS, type Colour, type MarkShape } from '../../domain/annotation/types.ts';

/** What a key does on the stage. */
export type EditingAction =
  | { readonly type: 'toggleEditing' }
  | { readonly type: 'tool'; readonly tool: MarkShape }
  | { readonly type: 'colour'; readonly colour: Colour }
  | { readonly type: 'undo' }
  | { readonly type: 'eraseAll' }
  /** Leaves the stroke being drawn, else editing. */
  | { readonly type: 'escape' }
  /** Puts the pen down, or lifts it. */
  | { readonly type: 'pen' }
  /** Moves the keyboard's cursor by steps; one step is a fixed share of the picture. */
  | { readonly type: 'move'; readonly right: number; readonly down: number };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** One step is 1/200 of the picture: fine enough to meet a valve's screw, coarse enough to cross the picture. */
export const STEP = 1 / 200;
const COARSE_STEPS = 8;

/**
 * The keys of the stage. Plain letters count only while the stage or its tools have the focus, so that they never
 * catch what somebody types or dictates elsewhere (WCAG 2.1.4).
 */
export function editingAction(press: KeyPress): EditingAction | null {
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey)
    return press.key.toLowerCase() === 'z' && !press.shiftKey ? { type: 'undo' } : null;
  return moveAction(press) ?? letterAction(press);
}

function letterAction({ key, shiftKey }: KeyPress): EditingAction | null {
  switch (key) {
    case 'Escape':
      return { type: 'escape' };
    case 'Enter':
    case ' ':
      return { type: 'pen' };
    case 'Delete':
      return shiftKey ? { type: 'eraseAll' } : null;
    case 'e':
    case 'E':
      return { type: 'toggleEditing' };
    case 'a':
    case 'A':
      return { type: 'tool', tool: 'arrow' };
    case 'i':
    case 'I':
      return { type: 'tool', tool: 'ink' };
    default: {
      const colour = /^[1-9]$/.test(key) ? COLOURS[Number(key) - 1] : undefined;
      return colour === undefined ? null : { type: 'colour', colour };
    }
  }
}

function moveAction({ key, shiftKey }: KeyPress): EditingAction | null {
  const steps = shiftKey ? 1 : COARSE_STEPS;
  switch (key) {
    case 'ArrowLeft':
      return { type: 'move', right: -steps, down: 0 };
    case 'ArrowRight':
      return { type: 'move', right: steps, down: 0 };
    case 'ArrowUp':
      return { type: 'move', right: 0, down: -steps };
    case 'ArrowDown':
      return { type: 'move', right: 0, down: steps };
    default:
      return null;
  }
}
