import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Meant } from './agree.ts';
import type { DoorName, Who } from './cast.ts';
import { ask, askAgain, comeBack, fill, forgetWaiting, goOut, lose } from './happening.ts';
import { insiderIn, pageId, pageState, reasonsAgainst, see, waiterIn } from './model.ts';
import { rest, type Step, step } from './step.ts';

export interface At {
  readonly who: Who;
  readonly door: DoorName;
  readonly tab: number;
}

/** Opens a page where there is none, or one whose connection is away, and wants to come in. */
export const comeTo = ({ who, door: name, tab }: At): Step =>
  step({
    name: `${who} comes to the ${name} at tab ${tab}`,
    async run(meant) {
      const { model, world } = meant;
      const page = await connect(meant, { who, door: name, tab });
      if (page === null) return;
      await world.quiet();
      rest(model);
      const id = pageId(who, name, tab);
      const { meetingId, token } = world.place(name);
      page.knock(meetingId, token);
      await world.quiet();
      const waited = pageState(model, id).waits;
      const reasons = ask(model, model.doors[name], who, id);
      // Whoever is refused a second time waits on by what was answered the first time.
      if (reasons.size > 0) pageState(model, id).waits = waited;
      const code = page.refusedWith();
      if (reasons.size === 0) expect([id, 'is refused', code]).toEqual([id, 'is refused', null]);
      else expect([...reasons]).toContain(code);
    },
  });

/** @returns null where the hub does not let the page in at all */
export async function connect({ model, world }: Meant, { who, door: name, tab }: At) {
  const door = model.doors[name];
  const id = pageId(who, name, tab);
  const known = world.pageOf(who, name, tab);
  if (known !== undefined && pageState(model, id).isConnected) return known;
  const reasons = reasonsAgainst(model, door, who);
  const opened = await world.open(who, name, tab);
  if (typeof opened === 'string') {
    see(model, 'refused before the door');
    expect([...reasons]).toContain(opened);
    return null;
  }
  const wanted = pageState(model, id).waits;
  comeBack(model, door, id);
  fill(model, door);
  // The page asks again by itself for the place that it had.
  if (wanted) askAgain(model, door, who, id);
  return opened;
}

export const dropPage = ({ who, door: name, tab }: At): Step =>
  step({
    name: `${who} loses the connection of tab ${tab} at the ${name}`,
    check: (model) => pageState(model, pageId(who, name, tab)).isConnected,
    async run({ model, world }) {
      world.pageOf(who, name, tab)?.lose(true);
      lose(model, model.doors[name], pageId(who, name, tab));
    },
  });

export const leaveCall = ({ who, door: name }: Omit<At, 'tab'>): Step =>
  step({
    name: `${who} leaves the call of the ${name}`,
    check: (model) => {
      const page = insiderIn(model.doors[name], who)?.page ?? null;
      return page !== null && pageState(model, page).isConnected;
    },
    async run({ model, world }) {
      const page = [0, 1]
        .map((tab) => world.pageOf(who, name, tab))
        .find((one) => one !== undefined && one.line !== null && one.callIn() !== null);
      const callId = page?.callIn()?.callId ?? '';
      const left = await page?.invoke('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
      expect(left).toMatchObject({ ok: true });
      goOut(model, model.doors[name], who, 'left');
    },
  });

export const giveUpWaiting = ({ who, door: name, tab }: At): Step =>
  step({
    name: `${who} does not want to wait at the ${name} any more, at tab ${tab}`,
    check: (model) => {
      const { isConnected, waits } = pageState(model, pageId(who, name, tab));
      return isConnected && waits;
    },
    async run({ model, world }) {
      await world.pageOf(who, name, tab)?.client.leave();
      const id = pageId(who, name, tab);
      pageState(model, id).waits = false;
      if (waiterIn(model.doors[name], who)?.page === id) forgetWaiting(model, model.doors[name], who);
    },
  });
