import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftCheck, MeetingDetails } from '../../client/types.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { ScheduleProblem } from '../../domain/meeting/schedule.ts';
import type { Desk } from '../desk.ts';
import { type FormFields, fieldsOf, newFields, problemsOf, readFields } from './form-fields.ts';
import { takeParts } from './newer.ts';
import { useNewer } from './use-newer.ts';

/** A pause in typing: the hub is asked what it thinks of the draft. */
const CHECK_AFTER_MS = 400;

interface DraftOptions {
  readonly desk: Desk;
  readonly details: MeetingDetails | null;
  readonly date: string;
  readonly zone: string;
  readonly onSaved: (details: MeetingDetails) => void;
}

/** A meeting's form as it is filled in: its fields, what the rules say of them, and saving. */
export function useDraft({ desk, details, date, zone, onSaved }: DraftOptions) {
  const nowMs = Date.now() + desk.client.clockOffsetMs.value;
  const [fields, setFields] = useState<FormFields>(() =>
    details === null ? newFields(date, zone, nowMs) : fieldsOf(details),
  );
  const [check, setCheck] = useState<DraftCheck | null>(null);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [touched, setTouched] = useState(false);
  const asked = useRef(0);
  const { planner } = desk.client;
  const { base, newer, look } = useNewer({ desk, details, fields, saving, onMerged: setFields });
  // A cancelled meeting stays as it is: what was typed can become another one.
  const isAnew = base === null || (base.cancelled && base.kind !== 'oneTime');
  const target = isAnew ? null : base;
  const before = target?.draft ?? null;
  const read = readFields(fields, before);
  const own = problemsOf(read.draft, nowMs, before);

  async function ask(): Promise<DraftCheck | null> {
    asked.current += 1;
    const mine = asked.current;
    const answer = await planner.check(target?.meetingId ?? null, askable(read.draft, nowMs));
    if (mine !== asked.current || !answer.ok) return answer.ok ? answer.value : null;
    setCheck(answer.value);
    // A new meeting begins with what the tenant has chosen.
    if (details === null && !touched && fields.lobby !== answer.value.settings.lobby.default) {
      setFields((now) => ({ ...now, lobby: answer.value.settings.lobby.default }));
    }
    return answer.value;
  }
  useEffect(() => {
    const timer = setTimeout(() => void ask(), check === null ? 0 : CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [fields]);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  async function save(): Promise<void> {
    setTried(true);
    setRefused(null);
    if (own.length > 0 || saving) return;
    setSaving(true);
    const checked = await ask();
    const result =
      checked !== null && checked.problems.length > 0
        ? null
        : target === null
          ? await planner.plan(read.draft)
          : await planner.change(target.meetingId, target.revision, read.draft);
    setSaving(false);
    if (result === null) return;
    if (result.ok) return onSaved(result.value);
    // What the newer version says is shown instead of the refusal; saving once more goes on top of it.
    const isNewer = MEANWHILE.has(result.refusal.code) && (await look());
    if (!isNewer) setRefused(result.refusal);
  }

  return {
    fields,
    set: (changed: Partial<FormFields>) => {
      setTouched(true);
      setFields((now) => ({ ...now, ...changed }));
    },
    read,
    check,
    saving,
    refused,
    /** Something was typed that is not saved. */
    touched,
    newer,
    /** The meeting in the form was cancelled meanwhile; saving makes a new one, where it is not a one-time call's. */
    cancelled: base?.cancelled === true,
    isAnew,
    /** Of what both have changed, the others' version. */
    takeTheirs: () => {
      if (newer !== null) setFields((now) => takeParts(now, newer.theirs, newer.kept));
    },
    /** Nothing is said of what nobody has filled in yet, until they want to save it. */
    problems: tried ? mergeProblems(own, check?.problems ?? []) : own.filter(({ kind }) => kind !== 'title-missing'),
    warnings: own.length === 0 ? (check?.warnings ?? []) : [],
    save,
  };
}

export type DraftForm = ReturnType<typeof useDraft>;

const MEANWHILE: ReadonlySet<string> = new Set(['meeting-changed', 'meeting-cancelled']);

/** The hub's settings are wanted before there is a subject or a time. */
function askable(draft: ReturnType<typeof readFields>['draft'], nowMs: number) {
  const isTime = Number.isFinite(draft.startMs) && Number.isFinite(draft.endMs) && draft.startMs >= 0;
  return isTime && draft.endMs >= 0 ? draft : { ...draft, startMs: Math.floor(nowMs), endMs: Math.floor(nowMs) };
}

function mergeProblems(own: readonly ScheduleProblem[], told: readonly ScheduleProblem[]): readonly ScheduleProblem[] {
  const known = new Set(own.map((one) => JSON.stringify(one)));
  // Of what the form sees for itself it knows better: the hub was asked a moment ago.
  const others = told.filter(
    ({ kind }) =>
      kind === 'person-unknown' ||
      kind === 'co-organizer-not-member' ||
      kind === 'presenter-not-known' ||
      kind === 'lobby-not-allowed' ||
      kind === 'organizer-not-member',
  );
  return [...own, ...others.filter((one) => !known.has(JSON.stringify(one)))];
}
