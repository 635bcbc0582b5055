import { useEffect, useRef, useState } from 'preact/hooks';
import type { MeetingDetails } from '../../client/types.ts';
import type { Desk } from '../desk.ts';
import { type FormFields, fieldsOf } from './form-fields.ts';
import { type Merged, mergeNewer } from './newer.ts';

/** Somebody else has changed the meeting while it was in the form. */
export interface Newer extends Pick<Merged, 'taken' | 'kept'> {
  readonly theirs: FormFields;
}

interface NewerOptions {
  readonly desk: Desk;
  /** Null for a new meeting, of which there is nothing newer. */
  readonly details: MeetingDetails | null;
  readonly fields: FormFields;
  readonly saving: boolean;
  readonly onMerged: (fields: FormFields) => void;
}

/** Follows the meeting that is in a form: a newer version is merged with what was typed, and told. */
export function useNewer(options: NewerOptions) {
  const { desk, details } = options;
  /** As this form last saw it. */
  const [base, setBase] = useState(details);
  const [newer, setNewer] = useState<Newer | null>(null);
  const live = useRef<(NewerOptions & { readonly base: MeetingDetails | null }) | null>(null);
  live.current = { ...options, base };
  useEffect(
    () => () => {
      live.current = null;
    },
    [],
  );

  /** @returns whether there was another version */
  async function look(): Promise<boolean> {
    const known = live.current?.base ?? null;
    if (known === null || known.cancelled) return false;
    const answer = await desk.client.planner.details(known.meetingId);
    const now = live.current;
    if (now === null || !answer.ok || answer.value.revision <= known.revision) return false;
    if (now.base !== known) return true;
    const theirs = fieldsOf(answer.value);
    const { fields, taken, kept } = mergeNewer({ before: fieldsOf(known), newer: theirs, typed: now.fields });
    setBase(answer.value);
    setNewer({ taken, kept, theirs });
    now.onMerged(fields);
    return true;
  }

  // The hub's hint that meetings have changed comes as a new list. One's own change is none of somebody else's.
  const list = desk.client.meetings.value;
  useEffect(() => {
    if (live.current?.saving === false) void look();
  }, [list]);

  return { base, newer, look };
}
