import type { NegotiationPeer } from '../../src/client/media/negotiation.ts';

/**
 * An `RTCPeerConnection` reduced to what negotiation sees, after the state machine of WebRTC 1.0, 4.3 and 4.4.1.
 * It refuses what a browser refuses, and notes what a browser would take without a word: the answer to another offer.
 */
export interface FakePeer extends NegotiationPeer {
  readonly id: number;
  readonly localUfrag: string;
  /** The connection and ICE generation that this side believes to be talking to. */
  readonly remote: { readonly id: number; readonly ufrag: string; readonly candidates: number } | null;
  readonly closed: boolean;
  readonly wrongAnswers: number;
  connectionState: RTCPeerConnectionState;
}

interface ParsedSdp {
  readonly id: number;
  readonly version: number;
  readonly ufrag: string;
  readonly answers: number;
  readonly candidates: number;
}

function parse(sdp: string): ParsedSdp {
  const [, id, version] = /^o=- (\d+) (\d+)/m.exec(sdp) ?? [];
  return {
    id: Number(id),
    version: Number(version),
    ufrag: /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '',
    answers: Number(/^a=answers:(\d+)/m.exec(sdp)?.[1] ?? -1),
    candidates: Array.from(sdp.matchAll(/^a=candidate:/gm)).length,
  };
}

let peersMade = 0;

/** `initiator`: has transceivers from the start, so it wants to negotiate at once. */
export function createFakePeer(initiator: boolean): FakePeer {
  peersMade += 1;
  const id = peersMade;
  let generation = 0;
  let version = 0;
  let gathered = 0;
  let needsNegotiation = initiator;
  let restartWanted = false;
  let stableUfrag = ufragOf();
  let previousRemoteUfrag: string | null = null;
  let remoteOffer: ParsedSdp | null = null;
  let pendingVersion = -1;
  let local: RTCSessionDescription | null = null;

  function ufragOf(): string {
    return `p${id}g${generation}`;
  }

  const peer = {
    id,
    signalingState: 'stable' as RTCSignalingState,
    connectionState: 'new' as RTCPeerConnectionState,
    onnegotiationneeded: null as ((event: Event) => void) | null,
    onicecandidate: null as ((event: RTCPeerConnectionIceEvent) => void) | null,
    localUfrag: ufragOf(),
    remote: null as { id: number; ufrag: string; candidates: number } | null,
    closed: false,
    wrongAnswers: 0,
    get localDescription(): RTCSessionDescription | null {
      if (local === null) return null;
      const lines = Array.from({ length: gathered }, (_, i) => `a=candidate:${i} ufrag ${peer.localUfrag}\r\n`);
      return { ...local, sdp: local.sdp + lines.join('') };
    },

    async setLocalDescription(): Promise<void> {
      await Promise.resolve();
      if (peer.closed) throw new Error('InvalidStateError: closed');
      if (peer.signalingState === 'stable') makeOffer();
      else if (peer.signalingState === 'have-remote-offer') makeAnswer();
      else throw new Error(`InvalidStateError: ${peer.signalingState}`);
    },

    async setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
      await Promise.resolve();
      if (peer.closed) throw new Error('InvalidStateError: closed');
      const parsed = parse(sdp);
      if (peer.remote !== null && peer.remote.id !== parsed.id) throw new Error('another DTLS identity');
      if (type === 'answer') takeAnswer(parsed);
      else takeOffer(parsed);
    },

    async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      await Promise.resolve();
      if (peer.remote === null) throw new Error('InvalidStateError: no remote description');
      if (candidate?.usernameFragment !== peer.remote.ufrag) throw new Error('OperationError: unknown ufrag');
      peer.remote.candidates += 1;
    },

    restartIce(): void {
      restartWanted = true;
      needsNegotiation = true;
      announce();
    },

    close(): void {
      peer.closed = true;
      peer.connectionState = 'closed';
    },
  };

  function announce(): void {
    queueMicrotask(() => {
      if (!needsNegotiation || peer.closed || peer.signalingState !== 'stable') return;
      peer.onnegotiationneeded?.(new Event('negotiationneeded'));
    });
  }

  function write(type: 'offer' | 'answer', answers: number): void {
    version += 1;
    const sdp = `v=0\r\no=- ${id} ${version} IN IP4 0.0.0.0\r\na=answers:${answers}\r\nm=audio\r\na=ice-ufrag:${peer.localUfrag}\r\n`;
    local = { type, sdp, toJSON: () => ({ type, sdp }) };
  }

  function newGeneration(): void {
    generation += 1;
    gathered = 0;
    peer.localUfrag = ufragOf();
  }

  function gather(): void {
    const usernameFragment = peer.localUfrag;
    while (gathered < 2) {
      const candidate = `candidate:${gathered} ufrag ${usernameFragment}`;
      gathered += 1;
      queueMicrotask(() => {
        const event = { candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment } };
        if (!peer.closed) peer.onicecandidate?.(event as unknown as RTCPeerConnectionIceEvent);
      });
    }
  }

  function makeOffer(): void {
    stableUfrag = peer.localUfrag;
    if (restartWanted || local === null) newGeneration();
    write('offer', -1);
    pendingVersion = version;
    peer.signalingState = 'have-local-offer';
    gather();
  }

  function makeAnswer(): void {
    const offer = remoteOffer;
    if (offer === null) throw new Error('no offer');
    if (offer.ufrag !== previousRemoteUfrag) {
      newGeneration();
      // The offerer restarted ICE: this side's own wish is fulfilled with it.
      restartWanted = false;
    }
    previousRemoteUfrag = offer.ufrag;
    write('answer', offer.version);
    peer.signalingState = 'stable';
    needsNegotiation = restartWanted;
    gather();
    announce();
  }

  function takeOffer(offer: ParsedSdp): void {
    if (peer.signalingState === 'have-local-offer') peer.localUfrag = stableUfrag;
    remoteOffer = offer;
    peer.signalingState = 'have-remote-offer';
    setRemote(offer);
  }

  function takeAnswer(answer: ParsedSdp): void {
    if (peer.signalingState !== 'have-local-offer') throw new Error(`InvalidStateError: ${peer.signalingState}`);
    if (answer.answers !== pendingVersion) peer.wrongAnswers += 1;
    restartWanted = false;
    needsNegotiation = false;
    previousRemoteUfrag = answer.ufrag;
    peer.signalingState = 'stable';
    setRemote(answer);
    announce();
  }

  function setRemote({ id: remoteId, ufrag, candidates }: ParsedSdp): void {
    const known = peer.remote?.ufrag === ufrag ? peer.remote.candidates : 0;
    peer.remote = { id: remoteId, ufrag, candidates: known + candidates };
  }

  announce();
  return peer;
}

/** Whether ICE would find its way: both sides hold the other's present generation, and addresses of it. */
export function canReach(a: FakePeer, b: FakePeer): boolean {
  const sees = (from: FakePeer, to: FakePeer): boolean =>
    !from.closed &&
    from.signalingState === 'stable' &&
    from.remote?.id === to.id &&
    from.remote.ufrag === to.localUfrag &&
    from.remote.candidates > 0;
  return sees(a, b) && sees(b, a);
}
