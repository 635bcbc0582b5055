/** Two notes, then a pause: calm, and heard through a workshop's noise. */
const INCOMING = { notesHz: [660, 880], noteS: 0.32, everyS: 2.4, gain: 0.18 } as const;
/** What a telephone sounds like while the other side rings. */
const OUTGOING = { notesHz: [425], noteS: 1, everyS: 4, gain: 0.05 } as const;
const FADE_S = 0.03;

type Pattern = typeof INCOMING | typeof OUTGOING;

export interface Ringer {
  /** Starts the one, stops the other; null is silence. */
  ring(what: 'incoming' | 'outgoing' | null): void;
  dispose(): void;
}

/** Rings with sounds made here: nothing to load, nothing to license. A browser that wants a click first stays silent. */
export function createRinger(createContext: () => AudioContext): Ringer {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let ringing: 'incoming' | 'outgoing' | null = null;

  function play(audio: AudioContext, { notesHz, noteS, gain }: Pattern): void {
    notesHz.forEach((frequencyHz, i) => {
      const startS = audio.currentTime + i * noteS;
      const [oscillator, volume] = [audio.createOscillator(), audio.createGain()];
      oscillator.frequency.value = frequencyHz;
      volume.gain.setValueAtTime(0, startS);
      volume.gain.linearRampToValueAtTime(gain, startS + FADE_S);
      volume.gain.setValueAtTime(gain, startS + noteS - FADE_S);
      volume.gain.linearRampToValueAtTime(0, startS + noteS);
      oscillator.connect(volume).connect(audio.destination);
      oscillator.start(startS);
      oscillator.stop(startS + noteS);
    });
  }

  function silence(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    void context?.suspend().catch(() => undefined);
  }

  return {
    ring(what) {
      if (what === ringing) return;
      ringing = what;
      silence();
      if (what === null) return;
      const pattern = what === 'incoming' ? INCOMING : OUTGOING;
      context ??= createContext();
      const audio = context;
      void audio.resume().catch(() => undefined);
      play(audio, pattern);
      timer = setInterval(() => play(audio, pattern), pattern.everyS * 1_000);
    },
    dispose() {
      silence();
      void context?.close().catch(() => undefined);
      context = null;
    },
  };
}
