import { expect } from 'vitest';
import type { HubAnswer } from '../../../src/protocol/types.ts';
import type { Meant } from './agree.ts';
import type { DoorName, Who } from './cast.ts';
import { admit, forgetWaiting } from './happening.ts';
import {
  deniedReasons,
  finalReasons,
  isBarred,
  isFull,
  type Model,
  type ModelDoor,
  mayAdmit,
  pageId,
  pageState,
  see,
  timeReasons,
  waiterIn,
} from './model.ts';
import type { MeetingPage } from './page.ts';
import { type Step, step } from './step.ts';

interface Decision {
  readonly by: Who;
  readonly who: Who;
  readonly door: DoorName;
  readonly kind: 'admit' | 'deny';
}

/** From whichever desk page they have: it need not be one at that door. */
export function deskOf({ world, model }: Meant, who: Who): MeetingPage | undefined {
  return (['meeting', 'call'] as const)
    .flatMap((door) => [0, 1].map((tab) => ({ page: world.pageOf(who, door, tab), id: pageId(who, door, tab) })))
    .find(({ page, id }) => page !== undefined && pageState(model, id).isConnected)?.page;
}
export const hasDesk = (model: Model, who: Who): boolean =>
  (['meeting', 'call'] as const).some((door) =>
    [0, 1].some((tab) => pageState(model, pageId(who, door, tab)).isConnected),
  );

export const decide = (decision: Decision): Step => {
  const { by, who, door: name, kind } = decision;
  return step({
    name: `${by} ${kind === 'admit' ? 'admits' : 'denies'} ${who} at the ${name}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const answer = await tell(meant, decision);
      requireRight(answer, follow(meant.model, decision));
    },
  });
};

/** About one of those who wait. */
export const decideNth = ({ nth, ...decision }: Omit<Decision, 'who'> & { readonly nth: number }): Step =>
  step({
    name: `${decision.by} ${decision.kind === 'admit' ? 'admits' : 'denies'} the one at ${nth} at the ${decision.door}`,
    check: (model) => hasDesk(model, decision.by) && nth < model.doors[decision.door].waiting.length,
    async run(meant) {
      const who = whoIsNth(meant.model.doors[decision.door], nth);
      const answer = await tell(meant, { ...decision, who });
      requireRight(answer, follow(meant.model, { ...decision, who }));
    },
  });

function whoIsNth({ waiting }: ModelDoor, nth: number): Who {
  const waiter = waiting[nth];
  if (waiter === undefined) throw new Error('nobody waits there');
  return waiter.who;
}

/** Two decide at the same moment: what the first says holds, and the second is told so. */
export const decideAtOnce = ({
  nth,
  door: name,
  first,
  second,
}: {
  readonly nth: number;
  readonly door: DoorName;
  readonly first: Who;
  readonly second: Who;
}): Step =>
  step({
    name: `${first} admits the one at ${nth} at the ${name} while ${second} denies`,
    check: (model) => hasDesk(model, first) && hasDesk(model, second) && nth < model.doors[name].waiting.length,
    async run(meant) {
      const who = whoIsNth(meant.model.doors[name], nth);
      const decisions = [
        { by: first, who, door: name, kind: 'admit' },
        { by: second, who, door: name, kind: 'deny' },
      ] as const;
      const answers = await Promise.all(decisions.map((decision) => tell(meant, decision)));
      see(meant.model, 'two decide at once');
      const [admitting, denying] = decisions;
      // Which of them was the first is for the hub to say; whoever is refused may have been either.
      const earlier = against(meant.model, admitting);
      if (answers[0]?.ok === true) {
        requireRight(answers[0], follow(meant.model, admitting));
        requireRight(answers[1] ?? null, follow(meant.model, denying));
      } else {
        requireRight(answers[1] ?? null, follow(meant.model, denying));
        requireRight(answers[0] ?? null, new Set([...earlier, ...against(meant.model, admitting)]));
      }
    },
  });

function tell(meant: Meant, { by, who, door, kind }: Decision): Promise<HubAnswer<null> | null> {
  const { meetingId } = meant.world.place(door);
  const person = meant.world.keyOf(who, door) ?? 'anon:00000000-0000-4000-8000-000000000000';
  return deskOf(meant, by)?.invoke(kind, { meetingId, person }) ?? Promise.resolve(null);
}

function requireRight(answer: HubAnswer<unknown> | null, reasons: ReadonlySet<string>): void {
  if (reasons.size === 0) expect(answer).toMatchObject({ ok: true });
  else expect([...reasons]).toContain(answer?.ok === false ? answer.refusal.code : 'accepted');
}

/** What is true and stands against a decision. */
function against(model: Model, { by, who, door: name, kind }: Decision): ReadonlySet<string> {
  const door = model.doors[name];
  const reasons = mayNotDecide(model, door, by);
  const waiter = waiterIn(door, who);
  if (waiter === undefined) {
    const before = door.decisions.get(who);
    const isSame = before?.by === by && before.kind === (kind === 'admit' ? 'admitted' : 'denied');
    if (!isSame) reasons.push(before === undefined ? 'not-waiting' : `already-${before.kind}`);
    return new Set(reasons);
  }
  if (kind === 'deny') return new Set(reasons);
  if (waiter.keptUntilMs !== null) reasons.push('not-waiting');
  if (isFull(door)) reasons.push(name === 'call' ? 'one-time-full' : 'meeting-full');
  if (isBarred(model, door, who)) reasons.push('not-allowed');
  return new Set([...reasons, ...deniedReasons(model, door, who)]);
}

/** Does it where nothing stands against it. @returns what does */
function follow(model: Model, decision: Decision): ReadonlySet<string> {
  const { by, who, door: name, kind } = decision;
  const reasons = against(model, decision);
  const door = model.doors[name];
  if (reasons.size > 0 || waiterIn(door, who) === undefined) return reasons;
  if (kind === 'admit') admit(model, door, [who], by);
  else deny(model, door, who, by);
  return reasons;
}

const mayNotDecide = (model: Model, door: ModelDoor, by: Who): string[] => [
  ...(mayAdmit(door, by) ? [] : ['may-not-admit', 'not-found']),
  ...finalReasons(door),
  ...timeReasons(model, door),
];

function deny(model: Model, door: ModelDoor, who: Who, by: Who): void {
  see(model, 'denied');
  door.decisions.set(who, { kind: 'denied', by });
  forgetWaiting(model, door, who);
}

export const admitAll = ({
  by,
  people,
  door: name,
  kind,
}: {
  readonly by: Who;
  readonly people: readonly Who[];
  readonly door: DoorName;
  readonly kind: 'admitAll' | 'denyAll';
}): Step =>
  step({
    name: `${by} ${kind === 'admitAll' ? 'admits' : 'denies'} all of ${people.join(', ')} at the ${name}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const { model, world } = meant;
      const door = model.doors[name];
      const keys = people.flatMap((who) => world.keyOf(who, name) ?? []);
      const answer =
        (await deskOf(meant, by)?.invoke(kind, { meetingId: world.place(name).meetingId, people: keys })) ?? null;
      const reasons = mayNotDecide(model, door, by);
      const waiting = door.waiting.filter(({ who }) => people.includes(who));
      const fit = waiting.filter(
        ({ who, keptUntilMs }) =>
          keptUntilMs === null && deniedReasons(model, door, who).length === 0 && !isBarred(model, door, who),
      );
      if (kind === 'admitAll' && fit.length > 0) {
        if (name === 'call' && fit.length > 1) reasons.push('choose-one');
        if (isFull(door)) reasons.push(name === 'call' ? 'one-time-full' : 'meeting-full');
      }
      requireRight(answer, new Set(reasons));
      if (reasons.length > 0) return;
      if (kind === 'admitAll')
        admit(
          model,
          door,
          fit.map(({ who }) => who),
          by,
        );
      else for (const { who } of waiting) deny(model, door, who, by);
    },
  });

export const revoke = ({ by, door: name }: { readonly by: Who; readonly door: DoorName }): Step =>
  step({
    name: `${by} revokes the link of the ${name}`,
    check: (model) => hasDesk(model, by),
    async run(meant) {
      const { model, world } = meant;
      const door = model.doors[name];
      const answer =
        (await deskOf(meant, by)?.invoke('revokeLink', { meetingId: world.place(name).meetingId })) ?? null;
      const reasons = new Set<string>();
      if (by !== 'dana') for (const code of ['organizer-only', 'not-found']) reasons.add(code);
      if (name === 'meeting') reasons.add('out-of-turn');
      else if (door.over) reasons.add('call-over');
      else if (door.link === 'used') reasons.add('already-admitted');
      // Eva runs the meeting with Dana: what she may not is revoke what is no one-time link.
      requireRight(answer, reasons);
      if (reasons.size > 0 || door.link === 'revoked') return;
      see(model, 'link revoked');
      door.link = 'revoked';
      for (const { who } of [...door.waiting]) forgetWaiting(model, door, who);
    },
  });
