import { batch, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Loadable, Meeting, MeetingDetails, OwnDay, SightlineClient } from '../../client/types.ts';
import type { Result } from '../../domain/call/refusal.ts';
import { addDays, type CalendarDate, dayBounds, localOf } from '../../domain/meeting/local-time.ts';
import { offsetMinAt } from '../../ui/text/zones.ts';

/** What of the meetings stands on the screen. */
export type OpenForm = { readonly kind: 'new' } | { readonly kind: 'edit'; readonly details: MeetingDetails };

export interface MeetingsState {
  readonly zone: string;
  readonly date: ReadonlySignal<CalendarDate>;
  readonly day: ReadonlySignal<Loadable<readonly Meeting[]>>;
  /** What else stands in one's own calendar on that day; nothing until it is known. */
  readonly own: ReadonlySignal<OwnDay>;
  readonly chosenId: ReadonlySignal<string | null>;
  /** Null while none is chosen. */
  readonly details: ReadonlySignal<Loadable<MeetingDetails> | null>;
  readonly form: ReadonlySignal<OpenForm | null>;
  today(): CalendarDate;
  show(date: CalendarDate): void;
  move(days: number): void;
  choose(meetingId: string | null): void;
  openForm(form: OpenForm | null): void;
  /** A meeting as the hub has it now: shown, its day too. */
  take(details: MeetingDetails): void;
  reload(): void;
  dispose(): void;
}

type Client = Pick<SightlineClient, 'planner' | 'meetings' | 'door' | 'clockOffsetMs'>;

export function createMeetingsState(client: Client, zone: string): MeetingsState {
  const today = (): CalendarDate => localOf(Date.now() + client.clockOffsetMs.peek(), zone, offsetMinAt).date;
  const date = signal(today());
  const day = signal<Loadable<readonly Meeting[]>>({ state: 'loading' });
  const own = signal<OwnDay>(NOTHING);
  const chosenId = signal<string | null>(null);
  const details = signal<Loadable<MeetingDetails> | null>(null);
  const form = signal<OpenForm | null>(null);
  let disposed = false;

  const rangeOf = (asked: CalendarDate) => {
    const { startMs, endMs } = dayBounds(asked, zone, offsetMinAt);
    return { fromMs: startMs, toMs: Math.max(endMs, startMs + 1) };
  };

  async function loadOwn(opened: boolean): Promise<void> {
    const asked = date.peek();
    const answer = await client.planner.calendar(rangeOf(asked), opened);
    // Of an answer that did not come, what is known stays.
    if (!disposed && date.peek() === asked && answer.ok) own.value = answer.value;
  }

  async function loadDay(): Promise<void> {
    const asked = date.peek();
    const answer = await client.planner.list(rangeOf(asked));
    if (disposed || date.peek() !== asked) return;
    // A list that was there once stays on the screen while the hub is away.
    if (!answer.ok && answer.refusal.code === 'internal' && day.peek().state === 'ready') return;
    day.value = loaded(answer);
  }

  async function loadDetails(): Promise<void> {
    const asked = chosenId.peek();
    if (asked === null) return;
    const answer = await client.planner.details(asked);
    if (disposed || chosenId.peek() !== asked) return;
    if (!answer.ok && answer.refusal.code === 'internal' && details.peek()?.state === 'ready') return;
    details.value = loaded(answer);
  }

  const reload = (): void => {
    void loadDay();
    void loadOwn(false);
    void loadDetails();
  };
  // The hub's hints and the passing of time come as a new list; who waits at a door comes apart from it.
  const stop = effect(() => {
    void client.meetings.value;
    void client.door.lobbies.value;
    untracked(reload);
  });

  void loadOwn(true);

  const show = (next: CalendarDate): void => {
    if (next === date.peek()) return;
    batch(() => {
      date.value = next;
      day.value = { state: 'loading' };
      own.value = NOTHING;
    });
    void loadDay();
    void loadOwn(true);
  };
  const choose = (meetingId: string | null): void => {
    batch(() => {
      chosenId.value = meetingId;
      details.value = meetingId === null ? null : { state: 'loading' };
    });
    void loadDetails();
  };

  return {
    zone,
    date,
    day,
    own,
    chosenId,
    details,
    form,
    today,
    show,
    move: (days) => show(addDays(date.peek(), days)),
    choose,
    openForm: (next) => {
      form.value = next;
    },
    take(taken) {
      batch(() => {
        form.value = null;
        chosenId.value = taken.meetingId;
        details.value = { state: 'ready', value: taken };
      });
      show(localOf(taken.startMs, zone, offsetMinAt).date);
      void loadDay();
    },
    reload,
    dispose: () => {
      disposed = true;
      stop();
    },
  };
}

const NOTHING: OwnDay = { state: 'reading', entries: [], refusal: null };

const loaded = <T>(answer: Result<T>): Loadable<T> =>
  answer.ok ? { state: 'ready', value: answer.value } : { state: 'failed', refusal: answer.refusal };
