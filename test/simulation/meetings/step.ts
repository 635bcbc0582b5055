import type fc from 'fast-check';
import { agree, type Meant, nothingFlowed, tryTheDoor, whoIsIn } from './agree.ts';
import { DOORS } from './cast.ts';
import { fill, part, passTo } from './happening.ts';
import { type Model, see } from './model.ts';
import type { MeetingWorld } from './world.ts';

export type Step = fc.AsyncCommand<Model, MeetingWorld>;

/** Timers of the hub that are due at once get their turn. */
const MOMENT_MS = 10;

export interface StepOptions {
  readonly name: string;
  readonly check?: (model: Model) => boolean;
  /** Does it at the hub and in the model, and holds the answers against each other. */
  readonly run: (meant: Meant) => Promise<void>;
}

/** After each step the hub, every page and the model agree, and nothing has flowed to whoever is not in. */
export const step = ({ name, check = () => true, run }: StepOptions): Step => ({
  check,
  async run(model, world) {
    const meant = { model, world };
    see(model, 'steps');
    const before = whoIsIn(model);
    await run(meant);
    await world.quiet();
    rest(model);
    await world.clock.advance(MOMENT_MS);
    await world.quiet();
    passTo(model, world.clock.nowMs());
    rest(model);
    await agree(meant);
    await tryTheDoor(meant);
    nothingFlowed(meant, before);
  },
  toString: () => name,
});

/** What follows by itself. */
export function rest(model: Model): void {
  for (const name of DOORS) {
    const door = model.doors[name];
    fill(model, door);
    part(model, door);
    fill(model, door);
  }
}
