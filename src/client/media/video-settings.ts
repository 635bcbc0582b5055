/** How pictures are sent. How much of it is each receiver's share: `videoShare`. */
export interface VideoSettings {
  readonly codec: 'video/H264' | 'video/VP8';
}

export const DEFAULT_VIDEO_SETTINGS: VideoSettings = {
  // Encoded in hardware on the headset.
  codec: 'video/H264',
};

/** Codecs whose frames can carry a tag; everything else that WebRTC lists as a codec repairs their loss. */
const CARRYING = ['video/h264', 'video/vp8'];
const OTHERS = ['video/vp9', 'video/av1', 'video/h265', 'video/vp8', 'video/h264'];

/**
 * The codecs to negotiate, best first: the preferred one, the other one that can carry a tag, then repair formats.
 * H.264 in packetization mode 1 first: mode 0 limits a slice to one packet.
 */
export function orderCodecs<C extends { readonly mimeType: string; readonly sdpFmtpLine?: string }>(
  codecs: readonly C[],
  preferred: VideoSettings['codec'],
): C[] {
  const rank = (codec: C): number => {
    const mimeType = codec.mimeType.toLowerCase();
    if (!OTHERS.includes(mimeType)) return 4;
    const isFirst = mimeType === preferred.toLowerCase() ? 0 : 2;
    return isFirst + (codec.sdpFmtpLine?.includes('packetization-mode=0') === true ? 1 : 0);
  };
  return codecs
    .filter(({ mimeType }) => CARRYING.includes(mimeType.toLowerCase()) || !OTHERS.includes(mimeType.toLowerCase()))
    .map((codec, index) => ({ codec, index }))
    .sort((a, b) => rank(a.codec) - rank(b.codec) || a.index - b.index)
    .map(({ codec }) => codec);
}

/** Prefers the codec, in what is sent and in what is asked for. Browsers that can't choose stay with their own order. */
export function preferCodec(transceiver: RTCRtpTransceiver, preferred: VideoSettings['codec']): void {
  const codecs = RTCRtpReceiver.getCapabilities?.('video')?.codecs ?? [];
  if (codecs.length === 0 || typeof transceiver.setCodecPreferences !== 'function') return;
  transceiver.setCodecPreferences(orderCodecs(codecs, preferred));
}
