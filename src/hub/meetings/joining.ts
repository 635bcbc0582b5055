import { audience, isIn } from '../../domain/call/queries.ts';
import { accept, type RefusalCode, type Result, refuse } from '../../domain/call/refusal.ts';
import type { MediaState } from '../../domain/call/state.ts';
import { waiterOf } from '../../domain/meeting/lobby-state.ts';
import { lobbyPlace } from '../../domain/meeting/lobby-view.ts';
import type { Meeting, Caller as Visitor } from '../../domain/meeting/model.ts';
import { mayInMeeting } from '../../domain/meeting/rights.ts';
import type { JoinAnswer } from '../../protocol/meetings.ts';
import {
  type Answer,
  type CallContext,
  callsIn,
  HUB,
  joinStep,
  type Request,
  readLog,
  startKey,
} from '../calls/context.ts';
import type { Peer } from '../people/peer.ts';
import type { CommandOutcome } from '../store/store.ts';
import { names } from './book.ts';
import { losing } from './door-and-call.ts';
import { outsidersAt } from './doors.ts';
import { callOfMeeting, type JoiningParts } from './joining-parts.ts';

interface Coming {
  readonly peer: Peer;
  readonly request: Request<'joinMeeting'>;
  /** What came of the same request, when it comes again. */
  readonly earlier: CommandOutcome | null;
}

/** Somebody at the door of a meeting that they may know of. */
interface AtDoor extends Coming {
  readonly meeting: Meeting;
  readonly visitor: Visitor;
  /** By an invitation or a part in it; else by a link. */
  readonly isNamed: boolean;
}

/** Into the meeting's call, or into its lobby. Nobody is rung. The first one opens the call, the last one closes it. */
export async function joinMeeting(
  parts: JoiningParts,
  context: CallContext,
  peer: Peer,
  request: Request<'joinMeeting'>,
): Answer<'joinMeeting'> {
  return context.inTurn(async () => {
    const earlier = await context.store.outcomeOf(startKey(peer, request.commandId));
    return context.rules.during(() => comeIn(parts, context, { peer, request, earlier }));
  });
}

async function comeIn(parts: JoiningParts, context: CallContext, coming: Coming): Answer<'joinMeeting'> {
  const { peer, request, earlier } = coming;
  // Asked again for want of an answer: that brings nobody back who has left since.
  if (earlier !== null && !isInCall(context, peer, earlier)) return refuse('not-in-call', 'left since');
  const known = await locate(parts, context, peer, request);
  if (!known.ok) return known;
  const visitor = await parts.visitors.see(peer, known.value.meeting);
  const atDoor = { ...coming, ...known.value, visitor };
  const refused = await mayCome(parts, context, atDoor);
  return refused ?? knock(parts, context, atDoor);
}

const isInCall = ({ log }: CallContext, { person }: Peer, { callId }: CommandOutcome): boolean =>
  isIn(log.open.get(callId)?.state.participants[person]);

/** The meeting, for whoever has to do with it. Who has not is told nothing of it. */
async function locate(
  { book, links, doors }: JoiningParts,
  { reach }: CallContext,
  peer: Peer,
  { meetingId, link }: Request<'joinMeeting'>,
): Promise<Result<Pick<AtDoor, 'meeting' | 'isNamed'>>> {
  const opened = link === undefined ? null : await links.open(link);
  const isLink = opened?.meetingId === meetingId || peer.visits?.meetingId === meetingId;
  if (link !== undefined && !isLink) return refuse('link-unknown');
  const tid = opened?.tid ?? peer.visits?.tid ?? doors.busyAt(meetingId)?.meeting.tid ?? peer.account.tid;
  const found = await book.find({ tid, meetingId });
  if (found === null) return refuse('not-found', 'meeting');
  const { meeting } = found;
  const isNamed = names(meeting, peer.account, reach.world());
  const state = doors.busyAt(meetingId)?.state;
  const isThere = state?.inside[peer.person] !== undefined || (state && waiterOf(state, peer.person)) !== undefined;
  return isNamed || isLink || isThere ? accept({ meeting, isNamed }) : refuse('not-found', 'meeting');
}

async function mayCome(
  { doors }: JoiningParts,
  { reach, log }: CallContext,
  { peer, meeting, visitor, isNamed }: AtDoor,
): Promise<Result<never> | null> {
  if (peer.device.kind === 'headset') {
    const { class: as, signedIn } = visitor;
    const may = mayInMeeting('useHeadset', { class: as, signedIn, device: 'headset', meeting: meeting.kind });
    if (!may.ok) return may;
  }
  const call = callOfMeeting(log, meeting);
  const there = call === undefined ? [] : audience(call.state);
  const outsiders = new Set(outsidersAt(doors.busyAt(meeting.meetingId)));
  if (visitor.class === 'anonymous') outsiders.add(peer.person);
  // Whoever was invited may be with the organizer; by a link anybody comes.
  const present = isNamed ? there : [...new Set([...there, meeting.organizer])];
  const joins = await reach.ask({ action: 'join', actor: peer, present, place: 'meeting', outsiders });
  if (!joins.ok) return joins;
  const elsewhere = callsIn(log, peer.person).some(({ record }) => record.callId !== call?.record.callId);
  return elsewhere ? refuse('already-in-call') : null;
}

async function knock(parts: JoiningParts, context: CallContext, atDoor: AtDoor): Answer<'joinMeeting'> {
  const { doors, records } = parts;
  const { peer, meeting, visitor, request } = atDoor;
  const { again = false } = request;
  const knocked = await doors.run(meeting, { type: 'knock', caller: visitor, deviceId: peer.device.id, again });
  if (!knocked.ok) return records.refused(peer.person, meeting, knocked.refusal);
  const { state } = knocked.value;
  const seat = state.inside[peer.person];
  if (seat === undefined) {
    const place = lobbyPlace(state, peer.person, context.clock.nowMs());
    return place === null ? refuse('internal', 'no place in the lobby') : accept({ state: 'waiting', place });
  }
  // Under the name that was admitted, whatever the page calls itself by now.
  const entered = await enter(context, { ...atDoor, peer: { ...peer, name: seat.caller.name } });
  if (!entered.ok) return entered;
  const there = await doors.run(meeting, { type: 'enter', person: peer.person });
  if (!there.ok) {
    // Another page of theirs has left meanwhile, and their place went with it: nobody is in without one.
    await context.log.run(entered.value.callId, losing(peer.person), null);
    return refuse('not-in-call', 'left meanwhile');
  }
  const log = await readLog(context, peer, { ...entered.value, afterSeq: 0 });
  if (!log.ok) return log;
  const part = { class: seat.caller.class, signedIn: seat.caller.signedIn, kind: meeting.kind };
  return accept<JoinAnswer>({ state: 'in', log: log.value, part });
}

async function enter(
  context: CallContext,
  { peer, meeting, request, earlier }: AtDoor,
): Promise<Result<CommandOutcome>> {
  if (earlier !== null) return accept(earlier);
  const key = startKey(peer, request.commandId);
  const call = callOfMeeting(context.log, meeting);
  if (call !== undefined) {
    const joined = await context.log.run(call.record.callId, [joinStep(peer, request.media)], key);
    // The last one may have left just now, which ended the call: then the meeting goes on in another one.
    if (joined.ok || !isOver(joined.refusal.code)) return joined;
  }
  return open(context, { peer, meeting, media: request.media, key });
}

const isOver = (code: RefusalCode): boolean => code === 'call-ended' || code === 'call-unknown';

interface Opening {
  readonly peer: Peer;
  readonly meeting: Meeting;
  readonly media: MediaState;
  readonly key: ReturnType<typeof startKey>;
}

function open(context: CallContext, { peer, meeting, media, key }: Opening): Promise<Result<CommandOutcome>> {
  const call = { kind: 'meeting', meetingId: meeting.meetingId } as const;
  const record = { ...call, callId: context.newId(), tid: meeting.tid, createdAtMs: context.clock.nowMs() };
  const create = { actor: HUB, command: { ...call, type: 'create', title: meeting.title } } as const;
  return context.log.create(record, [create, joinStep(peer, media)], key);
}
