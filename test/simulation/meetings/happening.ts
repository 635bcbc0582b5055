import { isOfAbc, type Who } from './cast.ts';
import {
  classOf,
  deniedReasons,
  expiresAtMs,
  finalReasons,
  GRACE_MS,
  HOUR_MS,
  type Inside,
  inCall,
  insiderIn,
  isBarred,
  isFull,
  loneUntilMs,
  type Model,
  type ModelDoor,
  mayEnter,
  pageState,
  reasonsAgainst,
  see,
  timeReasons,
  waiterIn,
} from './model.ts';

/** What follows from what, by the model alone. */

/** Timers of the hub are late by so much, to be past what they wait for. */
const LATE_MS = 5;
/** A blip that nobody notices, and how long a hub that has just started waits for everybody. */
const BLIP_MS = 2_000;
const QUIET_AFTER_START_MS = 10_000;
const MAX_WAIT_MS = HOUR_MS;

/** A page asks to come in. @returns the codes that are true of it; none when it is in, or waits */
export function ask(model: Model, door: ModelDoor, who: Who, page: string): ReadonlySet<string> {
  const reasons = reasonsAgainst(model, door, who);
  pageState(model, page).waits = false;
  if (reasons.size > 0) return reasons;
  if (insiderIn(door, who) === undefined && (!mayEnter(model, door, who) || isFull(door))) {
    stand(model, door, who, page);
    return reasons;
  }
  comeIn(model, door, who, page);
  return reasons;
}

/** A page asks by itself for the place that it had: whoever was denied meanwhile learns so, and waits no more. */
export function askAgain(model: Model, door: ModelDoor, who: Who, page: string): void {
  const hasPlace = waiterIn(door, who) !== undefined || insiderIn(door, who) !== undefined;
  if (hasPlace || door.decisions.get(who)?.kind !== 'denied') {
    ask(model, door, who, page);
    return;
  }
  see(model, 'learns late of being denied');
  pageState(model, page).waits = false;
}

function stand(model: Model, door: ModelDoor, who: Who, page: string): void {
  const waiter = waiterIn(door, who);
  pageState(model, page).waits = true;
  if (waiter === undefined) {
    door.waiting.push({ who, page, sinceMs: model.nowMs, keptUntilMs: null });
    door.decisions.delete(who);
    see(model, `${door.name}: waits`);
    return;
  }
  if (waiter.page !== page) {
    if (pageState(model, waiter.page).isConnected) pageState(model, waiter.page).waits = false;
    waiter.page = page;
    see(model, 'second page takes the place over');
  }
  waiter.keptUntilMs = null;
}

function comeIn(model: Model, door: ModelDoor, who: Who, page: string): void {
  forgetWaiting(model, door, who);
  const known = insiderIn(door, who) ?? seat(model, door, who, false);
  see(model, `${door.name}: ${known.as} comes in`);
  if (known.page !== null && known.page !== page) see(model, 'second page takes the call over');
  // Whoever comes into the call anew stands last in it.
  if (known.page === null) door.inside = [...door.inside.filter((one) => one !== known), known];
  Object.assign(known, { state: 'in', page, lostAtMs: null });
}

function seat(model: Model, door: ModelDoor, who: Who, isCustomer: boolean): Inside {
  const keptUntilMs = model.nowMs + GRACE_MS;
  const as = classOf(model, who);
  const taken: Inside = { who, as, state: 'kept', keptUntilMs, page: null, lostAtMs: null, isCustomer };
  door.inside.push(taken);
  return taken;
}

/** Waits no more. A page that is there hears of it. */
export function forgetWaiting(model: Model, door: ModelDoor, who: Who): void {
  const waiter = waiterIn(door, who);
  if (waiter === undefined) return;
  door.waiting = door.waiting.filter((one) => one !== waiter);
  if (pageState(model, waiter.page).isConnected) pageState(model, waiter.page).waits = false;
}

/** Those of the order given come in while there is room; whose page is there asks at once. */
function letIn(model: Model, door: ModelDoor, people: readonly Who[], isCustomer: boolean): void {
  const coming = people.flatMap((who) => {
    const waiter = waiterIn(door, who);
    if (waiter === undefined || isFull(door)) return [];
    const { isConnected, waits } = pageState(model, waiter.page);
    forgetWaiting(model, door, who);
    seat(model, door, who, isCustomer);
    return isConnected && waits ? [{ who, page: waiter.page }] : [];
  });
  for (const { who, page } of coming) ask(model, door, who, page);
}

/** Nobody waits who need not, while there is room. */
export function fill(model: Model, door: ModelDoor): void {
  for (;;) {
    if (finalReasons(door).length > 0 || timeReasons(model, door).length > 0 || isFull(door)) return;
    const entitled = door.waiting.filter(
      ({ who, keptUntilMs }) => keptUntilMs === null && mayEnter(model, door, who) && !isBarred(model, door, who),
    );
    if (entitled.length === 0) return;
    see(model, 'comes in because of what others did');
    letIn(
      model,
      door,
      entitled.map(({ who }) => who),
      false,
    );
  }
}

export function admit(model: Model, door: ModelDoor, people: readonly Who[], by: Who): void {
  const waiting = door.waiting.filter(({ who }) => people.includes(who)).map(({ who }) => who);
  const isCall = door.name === 'call';
  const admitted = waiting.slice(0, (isCall ? 2 : 4) - door.inside.length);
  for (const who of admitted) door.decisions.set(who, { kind: 'admitted', by });
  if (isCall && admitted.length > 0) {
    door.link = 'used';
    for (const { who } of [...door.waiting]) if (!admitted.includes(who)) forgetWaiting(model, door, who);
  }
  for (const _ of admitted) see(model, `${door.name}: admitted`);
  letIn(model, door, admitted, isCall);
}

/** Out of the call, or of a place that was kept. */
export function goOut(model: Model, door: ModelDoor, who: Who, how: 'left' | 'lost'): void {
  const gone = insiderIn(door, who);
  if (gone === undefined) return;
  see(model, `${door.name}: ${how}`);
  door.inside = door.inside.filter((one) => one !== gone);
  if (door.name !== 'call' || door.link !== 'used' || !(how === 'left' || gone.isCustomer)) return;
  door.over = true;
  door.inside = [];
  for (const waiter of [...door.waiting]) forgetWaiting(model, door, waiter.who);
}

/** The meeting or the rules have changed: who waits is asked for anew. */
export function reconsider(model: Model, door: ModelDoor): void {
  for (const { who } of [...door.waiting]) {
    const reasons = [...finalReasons(door), ...timeReasons(model, door), ...deniedReasons(model, door, who)];
    if (reasons.length === 0 && !isBarred(model, door, who)) continue;
    see(model, 'turned away by a change');
    forgetWaiting(model, door, who);
  }
  for (const { who, as } of [...door.inside]) {
    // Those who are in keep the class with which they came.
    if (as !== 'anonymous' || (model.rules.anonymousJoin && door.anonymousAllowed)) continue;
    see(model, 'taken out by a change');
    goOut(model, door, who, 'lost');
  }
}

/** Who may no longer be with the others is taken out: of a pair who came last, of more the one whom all the others may not meet. */
export function part(model: Model, door: ModelDoor): void {
  if (model.rules.trust) return;
  const there = inCall(door);
  const olga = there.find(({ who, as }) => who === 'olga' && as === 'federated');
  const others = there.filter(({ who }) => isOfAbc(who));
  const [only] = others;
  if (olga === undefined || only === undefined) return;
  const isOlgaFirst = others.length === 1 && there.indexOf(olga) < there.indexOf(only);
  see(model, 'parted');
  goOut(model, door, isOlgaFirst ? only.who : 'olga', 'left');
}

/** A connection is gone. */
export function lose(model: Model, door: ModelDoor, page: string): void {
  pageState(model, page).isConnected = false;
  const quietMs = Math.max(BLIP_MS, model.hubStartedAtMs + QUIET_AFTER_START_MS - model.nowMs);
  for (const waiter of door.waiting) if (waiter.page === page) waiter.keptUntilMs ??= model.nowMs + GRACE_MS;
  for (const one of door.inside) if (one.page === page) one.lostAtMs = model.nowMs + quietMs;
}

/** A connection is there (again), before its page asks for anything. */
export function comeBack(model: Model, door: ModelDoor, page: string): void {
  pageState(model, page).isConnected = true;
  const waiter = door.waiting.find((one) => one.page === page);
  if (waiter !== undefined && [...finalReasons(door), ...timeReasons(model, door)].length === 0) {
    if (waiter.keptUntilMs !== null) see(model, 'waiter comes back in time');
    waiter.keptUntilMs = null;
  }
  const inside = door.inside.find((one) => one.page === page);
  if (inside === undefined) return;
  if (inside.state === 'kept') see(model, 'comes back into the call in time');
  Object.assign(inside, { state: 'in', lostAtMs: null });
}

/** What is due by a moment happens, one after the other. */
export function passTo(model: Model, untilMs: number): void {
  for (;;) {
    const dues = Object.values(model.doors).map((door) => ({ door, ...nextOf(door) }));
    const [next] = dues.toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined || next.atMs > untilMs) break;
    model.nowMs = Math.max(model.nowMs, next.atMs);
    next.work(model, next.door);
    fill(model, next.door);
  }
  model.nowMs = untilMs;
}

interface Due {
  readonly atMs: number;
  readonly work: (model: Model, door: ModelDoor) => void;
}

function nextOf(door: ModelDoor): Due {
  const losses = door.inside.flatMap(({ lostAtMs }) => lostAtMs ?? []);
  const ends = [
    ...door.inside.filter(({ state }) => state === 'kept').map(({ keptUntilMs }) => keptUntilMs),
    ...door.waiting.flatMap(({ sinceMs, keptUntilMs }) => [sinceMs + MAX_WAIT_MS, keptUntilMs ?? Infinity]),
    door.waiting.length > 0 ? closesAtMs(door) : Infinity,
    loneUntilMs(door),
  ].map((atMs) => ({ atMs: atMs + LATE_MS, work: sweep }));
  const all: readonly Due[] = [...losses.map((atMs) => ({ atMs, work: noticeLoss })), ...ends];
  return all.toSorted((a, b) => a.atMs - b.atMs)[0] ?? { atMs: Infinity, work: () => {} };
}

/** When waiting ends for everybody. */
function closesAtMs(door: ModelDoor): number {
  if (door.name === 'call') return door.link === 'fresh' ? expiresAtMs(door) : Infinity;
  return door.inside.length === 0 ? door.endMs : Infinity;
}

function noticeLoss(model: Model, door: ModelDoor): void {
  for (const one of door.inside) {
    if (one.lostAtMs === null || one.lostAtMs > model.nowMs) continue;
    one.lostAtMs = null;
    if (one.state === 'in') Object.assign(one, { state: 'kept', keptUntilMs: model.nowMs + GRACE_MS });
  }
}

function sweep(model: Model, door: ModelDoor): void {
  for (const one of [...door.inside]) {
    if (one.state === 'kept' && one.keptUntilMs <= model.nowMs) goOut(model, door, one.who, 'lost');
  }
  if (loneUntilMs(door) <= model.nowMs) {
    see(model, 'left alone at the end');
    for (const { who } of [...door.inside]) goOut(model, door, who, 'lost');
  }
  for (const { who, sinceMs, keptUntilMs } of [...door.waiting]) {
    const isOver = closesAtMs(door) <= model.nowMs;
    const isLost = keptUntilMs !== null && keptUntilMs <= model.nowMs;
    if (!isOver && !isLost && model.nowMs - sinceMs < MAX_WAIT_MS) continue;
    see(model, isOver ? 'turned away by time' : isLost ? 'place in the lobby lapses' : 'has waited too long');
    forgetWaiting(model, door, who);
  }
}

/** A new process of the hub: everybody's place is kept, and nobody is there. */
export function startAnew(model: Model): void {
  see(model, 'restart');
  model.hubStartedAtMs = model.nowMs;
  const keptUntilMs = model.nowMs + GRACE_MS;
  for (const door of Object.values(model.doors)) {
    for (const waiter of door.waiting) waiter.keptUntilMs = keptUntilMs;
    for (const one of door.inside) Object.assign(one, { state: 'kept', keptUntilMs, lostAtMs: null });
    reconsider(model, door);
  }
  for (const page of model.pages.values()) page.isConnected = false;
}
