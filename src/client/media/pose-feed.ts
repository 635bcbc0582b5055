/**
 * The way of head poses from the XR frame loop to the workers that write them into video frames. Workers, not the
 * page, because encoded frames pass through there; one message per XR frame, because memory cannot be shared
 * without cross-origin isolation, which would forbid the sign-in's redirects and pop-ups. `push` reuses one array;
 * what the browser copies of it is all that a frame costs.
 */
export interface PoseFeed {
  /**
   * The viewer's pose at `timeMs` (the page's `performance.now()`), position in metres, orientation a unit
   * quaternion x y z w, both in the right-handed reference space that `spaceEpoch` counts. Untracked: the pose means
   * nothing. Allocates nothing of its own.
   */
  push(
    timeMs: number,
    px: number,
    py: number,
    pz: number,
    qx: number,
    qy: number,
    qz: number,
    qw: number,
    tracked: boolean,
    spaceEpoch: number,
  ): void;
  /** A port for a worker, which gets samples from now on as `PoseSample`; `disconnect` ends it. */
  connect(): { readonly port: MessagePort; disconnect(): void };
}

/** Time, position x y z, orientation x y z w, tracked (1 or 0), space epoch. */
export type PoseSample = Float64Array;
export const POSE_SAMPLE_LENGTH = 10;

export function createPoseFeed(): PoseFeed {
  const ports: MessagePort[] = [];
  const sample = new Float64Array(POSE_SAMPLE_LENGTH);

  function connect(): { readonly port: MessagePort; disconnect(): void } {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    return {
      port: port2,
      disconnect() {
        const index = ports.indexOf(port1);
        if (index >= 0) ports.splice(index, 1);
        port1.close();
      },
    };
  }

  return {
    // Ten numbers rather than an object: the frame loop has them in hand and must not allocate.
    push(timeMs, px, py, pz, qx, qy, qz, qw, tracked, spaceEpoch) {
      sample[0] = timeMs;
      sample[1] = px;
      sample[2] = py;
      sample[3] = pz;
      sample[4] = qx;
      sample[5] = qy;
      sample[6] = qz;
      sample[7] = qw;
      sample[8] = tracked ? 1 : 0;
      sample[9] = spaceEpoch;
      for (let i = 0; i < ports.length; i += 1) ports[i]?.postMessage(sample);
    },
    connect,
  };
}
