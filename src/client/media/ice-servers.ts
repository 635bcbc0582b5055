/** The STUN and TURN servers last heard of. TURN credentials end, so they are asked for again before each restart. */
export interface IceServerSource {
  current(): RTCIceServer[];
  /** Never rejects, and never takes long: without an answer the servers known so far have to do. */
  refresh(): Promise<void>;
}

/** Two people in one network need no server: better to begin without than to wait for a hub that is gone. */
const MAX_WAIT_MS = 3000;

export function createIceServerSource(ask: () => Promise<RTCIceServer[]>): IceServerSource {
  let servers: RTCIceServer[] = [];

  async function askAndKeep(): Promise<void> {
    servers = await ask();
  }

  async function refresh(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MAX_WAIT_MS);
    });
    await Promise.race([askAndKeep().catch(() => undefined), patience]);
    clearTimeout(timer);
  }

  return { current: () => servers, refresh };
}
