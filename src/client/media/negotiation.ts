import type { SignalPayload } from '../../protocol/types.ts';
import { type CandidatePayload, createCandidateBox } from './candidate-box.ts';
import { createResend } from './resend.ts';
import { type Envelope, openSdp, sealSdp } from './sdp-envelope.ts';

/** What negotiation needs of an `RTCPeerConnection`. */
export type NegotiationPeer = Pick<
  RTCPeerConnection,
  | 'signalingState'
  | 'connectionState'
  | 'localDescription'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
  | 'restartIce'
  | 'close'
> & {
  onnegotiationneeded: ((event: Event) => void) | null;
  onicecandidate: ((event: RTCPeerConnectionIceEvent) => void) | null;
};

export interface NegotiationOptions<P extends NegotiationPeer> {
  /** Gives way when both offer at once, and waits for the first offer. Exactly one side is polite. */
  readonly polite: boolean;
  /** May lose, repeat and reorder what it is given. */
  send(payload: SignalPayload): void;
  /** A fresh connection, with transceivers on the side that makes the first offer (the one that is not polite). */
  openPeer(): P;
  /** Called synchronously once an offer is set and before it is answered: transceivers are there to be adopted. */
  prepareAnswer(peer: P): void;
  /** Descriptions of both sides are set. */
  onNegotiated(): void;
  /** Whether anything came from the peer's page just now: then its wish to start over is an old message. */
  isAlive(): boolean;
  nowMs(): number;
  newId(): string;
}

/**
 * Perfect negotiation (WebRTC 1.0, 10.7) over signalling that may fail: offers are repeated until they are answered,
 * repeated offers get the same answer again, descriptions of dead connections are known by their envelope. The first
 * offer is always made by the side that is not polite; the other asks for it with `restart`. Later either side may
 * offer, for ICE restarts.
 */
export interface Negotiation<P extends NegotiationPeer> {
  /** The present connection; another one after `startOver` or when the peer's page was reloaded. */
  peer(): P;
  receive(payload: SignalPayload): void;
  /** Repeats what may have been lost; to be called about twice a second. */
  tick(): void;
  restartIce(): void;
  /** Drops the connection and negotiates a new one. */
  startOver(): void;
  /** When a description of the peer was last set; null before the first of this connection. */
  negotiatedAtMs(): number | null;
  dispose(): void;
}

interface Connection<P> {
  readonly id: string;
  readonly peer: P;
  readonly openedAtMs: number;
  remoteId: string | null;
  offersMade: number;
  /** The number of the own offer that waits for its answer. */
  pendingOffer: number | null;
  /** The newest offer of the peer, and what was answered. */
  answered: { readonly offer: number; readonly sdp: string } | null;
  negotiatedAtMs: number | null;
  readonly sentCandidates: CandidatePayload[];
}

/** A peer that is there and has not answered for so long takes this connection for a dead one. */
const MAX_UNANSWERED_MS = 15_000;
/** Reloads in a row whose late messages are still known as such. */
const RETIRED_IDS = 8;

export function createNegotiation<P extends NegotiationPeer>(options: NegotiationOptions<P>): Negotiation<P> {
  const { polite, send } = options;
  const box = createCandidateBox();
  const resend = createResend(options.nowMs);
  const retired: string[] = [];
  let disposed = false;
  let queue: Promise<void> = Promise.resolve();
  let connection = open();
  askForOffer();

  /** The other side offers at once, if it is there; `tick` repeats the question. */
  function askForOffer(): void {
    if (polite) send({ type: 'restart' });
  }

  /** Everything that awaits the connection runs one after the other: no two operations ever interleave. */
  function enqueue(operation: (at: Connection<P>) => Promise<void>): void {
    queue = queue
      .then(() => (disposed ? undefined : operation(connection)))
      // A description that the browser refuses is as good as lost: it is repeated, or the link starts over.
      .catch(() => undefined);
  }

  function open(): Connection<P> {
    const peer = options.openPeer();
    const opened: Connection<P> = {
      id: options.newId(),
      peer,
      openedAtMs: options.nowMs(),
      remoteId: null,
      offersMade: 0,
      pendingOffer: null,
      answered: null,
      negotiatedAtMs: null,
      sentCandidates: [],
    };
    peer.onnegotiationneeded = () => enqueue((at) => (at === opened ? offer(at) : Promise.resolve()));
    peer.onicecandidate = ({ candidate }) => {
      if (!disposed && candidate !== null && candidate.candidate !== '') sendCandidate(opened, candidate);
    };
    return opened;
  }

  function close(at: Connection<P>): void {
    at.peer.onnegotiationneeded = null;
    at.peer.onicecandidate = null;
    at.peer.close();
  }

  function reopen(): Connection<P> {
    close(connection);
    box.clear();
    resend.reset();
    connection = open();
    return connection;
  }

  function sendCandidate(at: Connection<P>, candidate: RTCIceCandidate): void {
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const payload: CandidatePayload = {
      type: 'candidate',
      candidate: candidate.candidate,
      sdpMid,
      sdpMLineIndex,
      usernameFragment,
    };
    at.sentCandidates.push(payload);
    send(payload);
  }

  function sendDescription(at: Connection<P>, sdpType: 'offer' | 'answer', offerNumber: number, sdp: string): void {
    const envelope: Envelope = { from: at.id, to: at.remoteId, offer: offerNumber };
    send({ type: 'description', sdpType, sdp: sealSdp(sdp, envelope) });
  }

  async function offer(at: Connection<P>): Promise<void> {
    if (at.peer.signalingState !== 'stable' || (polite && at.remoteId === null)) return;
    at.sentCandidates.length = 0;
    await at.peer.setLocalDescription();
    if (disposed) return;
    at.offersMade += 1;
    at.pendingOffer = at.offersMade;
    resend.reset();
    repeatOffer(at);
  }

  function repeatOffer(at: Connection<P>): void {
    const sdp = at.peer.localDescription?.sdp;
    if (at.pendingOffer !== null && sdp !== undefined) sendDescription(at, 'offer', at.pendingOffer, sdp);
  }

  async function receiveOffer(at: Connection<P>, envelope: Envelope, sdp: string): Promise<void> {
    if (retired.includes(envelope.from)) {
      // Late, or overtaken by a still older one: then the peer has to take another connection.
      if (!options.isAlive()) askForOffer();
      return;
    }
    if (envelope.to !== null && envelope.to !== at.id) {
      // Meant for a connection of this side that is gone: the peer is about to learn of the present one, or must.
      if (!polite) return receiveRestart(at);
      if (at.remoteId === null) askForOffer();
      return;
    }
    if (at.remoteId !== null && at.remoteId !== envelope.from) {
      retired.push(at.remoteId);
      if (retired.length > RETIRED_IDS) retired.shift();
      return answer(reopen(), envelope, sdp);
    }
    if (at.answered !== null && envelope.offer <= at.answered.offer) {
      if (envelope.offer === at.answered.offer) sendDescription(at, 'answer', envelope.offer, at.answered.sdp);
      return;
    }
    // Both offered at once. This side's offer stands, and is repeated until the other one has given way.
    if (at.peer.signalingState !== 'stable' && !polite) return;
    return answer(at, envelope, sdp);
  }

  async function answer(at: Connection<P>, envelope: Envelope, sdp: string): Promise<void> {
    at.remoteId = envelope.from;
    await at.peer.setRemoteDescription({ type: 'offer', sdp });
    if (disposed) return;
    options.prepareAnswer(at.peer);
    at.pendingOffer = null;
    at.sentCandidates.length = 0;
    await at.peer.setLocalDescription();
    const answerSdp = at.peer.localDescription?.sdp;
    if (disposed || answerSdp === undefined) return;
    at.answered = { offer: envelope.offer, sdp: answerSdp };
    sendDescription(at, 'answer', envelope.offer, answerSdp);
    await negotiated(at, sdp);
  }

  async function receiveAnswer(at: Connection<P>, envelope: Envelope, sdp: string): Promise<void> {
    const isOurs = envelope.to === at.id && envelope.offer === at.pendingOffer;
    if (!isOurs || at.peer.signalingState !== 'have-local-offer') return;
    if (at.remoteId !== null && at.remoteId !== envelope.from) return;
    at.remoteId = envelope.from;
    await at.peer.setRemoteDescription({ type: 'answer', sdp });
    at.pendingOffer = null;
    if (!disposed) await negotiated(at, sdp);
  }

  async function negotiated(at: Connection<P>, remoteSdp: string): Promise<void> {
    at.negotiatedAtMs = options.nowMs();
    resend.reset();
    options.onNegotiated();
    for (const candidate of box.takeFor(remoteSdp)) await addCandidate(at, candidate);
  }

  async function addCandidate(at: Connection<P>, payload: CandidatePayload): Promise<void> {
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = payload;
    // One address less is no reason to stop; the browser refuses what is malformed.
    await at.peer.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }).catch(() => undefined);
  }

  async function receiveDescription(at: Connection<P>, sdpType: 'offer' | 'answer', sealed: string): Promise<void> {
    const opened = openSdp(sealed);
    if (opened === null) return;
    if (sdpType === 'offer') return receiveOffer(at, opened.envelope, opened.sdp);
    return receiveAnswer(at, opened.envelope, opened.sdp);
  }

  async function receiveRestart(at: Connection<P>): Promise<void> {
    // The polite side has asked for nothing that it could be asked for.
    if (polite) return;
    const unanswered = at.remoteId === null && options.nowMs() - at.openedAtMs < MAX_UNANSWERED_MS;
    if (unanswered) repeatOffer(at);
    else if (!options.isAlive()) reopen();
  }

  function receive(payload: SignalPayload): void {
    enqueue(async (at) => {
      switch (payload.type) {
        case 'description':
          return receiveDescription(at, payload.sdpType, payload.sdp);
        case 'candidate':
          if (box.accept(payload)) await addCandidate(at, payload);
          return;
        case 'restart':
          return receiveRestart(at);
      }
    });
  }

  function tick(): void {
    if (disposed || !resend.isDue()) return;
    if (connection.pendingOffer !== null) repeatOffer(connection);
    else if (connection.remoteId === null) askForOffer();
    else if (connection.peer.connectionState !== 'connected') for (const sent of connection.sentCandidates) send(sent);
  }

  return {
    peer: () => connection.peer,
    receive,
    tick,
    restartIce: () => connection.peer.restartIce(),
    startOver() {
      enqueue(async () => {
        reopen();
        askForOffer();
      });
    },
    negotiatedAtMs: () => connection.negotiatedAtMs,
    dispose() {
      disposed = true;
      close(connection);
    },
  };
}
