import type { RoomSound } from './types.ts';

/** One note: start after the sound's beginning, length, pitch, loudness. */
interface Note {
  readonly atS: number;
  readonly lengthS: number;
  readonly hz: number;
  readonly gain: number;
}

const SOUNDS: Readonly<Record<RoomSound, readonly Note[]>> = {
  aim: [{ atS: 0, lengthS: 0.03, hz: 1320, gain: 0.03 }],
  press: [
    { atS: 0, lengthS: 0.05, hz: 660, gain: 0.12 },
    { atS: 0.03, lengthS: 0.06, hz: 990, gain: 0.1 },
  ],
  refuse: [{ atS: 0, lengthS: 0.12, hz: 220, gain: 0.12 }],
};

/** Two rising thirds and a pause: heard in a workshop, bearable for 45 s. */
const RING: readonly Note[] = [
  { atS: 0, lengthS: 0.22, hz: 587, gain: 0.2 },
  { atS: 0.24, lengthS: 0.32, hz: 740, gain: 0.2 },
  { atS: 0.9, lengthS: 0.22, hz: 587, gain: 0.2 },
  { atS: 1.14, lengthS: 0.32, hz: 740, gain: 0.2 },
];
/** What the caller hears while it rings elsewhere. */
const RINGBACK: readonly Note[] = [{ atS: 0, lengthS: 0.9, hz: 440, gain: 0.06 }];
const RING_PERIOD_MS = 3000;

export interface Sounds {
  /** Browsers let a page sound only after somebody touched it: call this in a gesture's handler. */
  unlock(): void;
  play(sound: RoomSound): void;
  /** Rings until told otherwise; silent while the browser does not allow sound. */
  ring(kind: 'none' | 'incoming' | 'outgoing'): void;
  dispose(): void;
}

type MakeContext = () => AudioContext;

/** All sounds are made here from notes: nothing to load, nothing to licence. */
export function createSounds(makeContext: MakeContext = () => new AudioContext()): Sounds {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let ringing: 'none' | 'incoming' | 'outgoing' = 'none';

  function unlock(): void {
    context ??= makeContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
  }

  function playNotes(notes: readonly Note[]): void {
    if (context === null || context.state !== 'running') return;
    for (const note of notes) playNote(context, note);
  }

  function ring(kind: 'none' | 'incoming' | 'outgoing'): void {
    if (kind === ringing) return;
    ringing = kind;
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (kind === 'none') return;
    const notes = kind === 'incoming' ? RING : RINGBACK;
    playNotes(notes);
    timer = setInterval(() => playNotes(notes), RING_PERIOD_MS);
  }

  function dispose(): void {
    ring('none');
    void context?.close().catch(() => undefined);
    context = null;
  }

  return { unlock, play: (sound) => playNotes(SOUNDS[sound]), ring, dispose };
}

function playNote(context: AudioContext, { atS, lengthS, hz, gain }: Note): void {
  const start = context.currentTime + atS;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = hz;
  // Without a ramp at both ends a loudspeaker clicks.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(gain, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + lengthS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + lengthS + 0.02);
}
