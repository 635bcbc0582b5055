/**
 * Which connection a session description is from, which it is meant for, and which offer it makes or answers.
 * Signalling may lose, repeat and reorder messages, and pages reload: without this an answer could be taken for
 * the answer to another offer. It travels as a session-level attribute, which SDP parsers ignore (RFC 8866, 5.13).
 */
export interface Envelope {
  /** The sender's connection; every new `RTCPeerConnection` has another id. */
  readonly from: string;
  /** The receiver's connection; null in an offer to whoever is there. */
  readonly to: string | null;
  /** Counts the offers of one connection; an answer repeats the offer's. */
  readonly offer: number;
}

export interface OpenedEnvelope {
  readonly envelope: Envelope;
  readonly sdp: string;
}

const LINE = /^a=x-sightline:([0-9A-Za-z-]{1,64}) (\*|[0-9A-Za-z-]{1,64}) (\d{1,9})\r?\n/m;

export function sealSdp(sdp: string, { from, to, offer }: Envelope): string {
  const line = `a=x-sightline:${from} ${to ?? '*'} ${offer}\r\n`;
  const firstMedia = sdp.search(/^m=/m);
  return firstMedia < 0 ? sdp + line : sdp.slice(0, firstMedia) + line + sdp.slice(firstMedia);
}

/** Null when the description has no envelope: it is not from this product. */
export function openSdp(sdp: string): OpenedEnvelope | null {
  const [line, from, to, offer] = LINE.exec(sdp) ?? [];
  if (line === undefined || from === undefined || to === undefined) return null;
  return { envelope: { from, to: to === '*' ? null : to, offer: Number(offer) }, sdp: sdp.replace(line, '') };
}
