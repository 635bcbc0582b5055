import type { VideoLimit } from './video-share.ts';

type CappedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>;

/** Holds what is sent to one receiver within a limit, whichever sender does it and whenever the limit changes. */
export interface VideoCap {
  /** From now on; on this and every later sender. */
  limit(next: VideoLimit): void;
  /** Another connection's sender takes over. */
  use(sender: CappedSender): void;
  /**
   * Tries what could not be set so far: a browser refuses while there are no encodings yet, or amid a negotiation. To be
   * called now and then; costs nothing where everything is set.
   */
  keep(): void;
}

export function createVideoCap(first: VideoLimit): VideoCap {
  let wanted = first;
  let sender: CappedSender | null = null;
  let set: VideoLimit | null = null;
  let setting = false;

  function keep(): void {
    if (sender === null || setting || set === wanted) return;
    const parameters = sender.getParameters();
    if (parameters.encodings.length === 0) return;
    void apply(sender, parameters, wanted);
  }

  async function apply(on: CappedSender, parameters: RTCRtpSendParameters, limit: VideoLimit): Promise<void> {
    setting = true;
    for (const encoding of parameters.encodings) {
      encoding.maxBitrate = limit.maxBitrateBps;
      encoding.maxFramerate = limit.maxFramesPerSecond;
      encoding.scaleResolutionDownBy = limit.scaleResolutionDownBy;
    }
    parameters.degradationPreference = limit.degradationPreference;
    const done = await on.setParameters(parameters).then(
      () => true,
      () => false,
    );
    setting = false;
    if (done && on === sender) set = limit;
    // What changed meanwhile is set at once; what was refused waits for the next call.
    if (on !== sender || (done && set !== wanted)) keep();
  }

  return {
    limit(next) {
      if (!sameLimit(wanted, next)) wanted = next;
      keep();
    },
    use(next) {
      sender = next;
      set = null;
      keep();
    },
    keep,
  };
}

const sameLimit = (a: VideoLimit, b: VideoLimit): boolean =>
  a.maxBitrateBps === b.maxBitrateBps &&
  a.maxFramesPerSecond === b.maxFramesPerSecond &&
  a.scaleResolutionDownBy === b.scaleResolutionDownBy &&
  a.degradationPreference === b.degradationPreference;
