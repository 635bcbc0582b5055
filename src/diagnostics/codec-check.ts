import { type Check, type Finding, missing, ok } from './check.ts';

/** Time enough for the first pictures of a connection to itself. */
const FRAMES_WITHIN_MS = 8_000;

/** What the browser really encodes and decodes, and by what: a list of codecs promises more than a device keeps. */
export function loopbackCheck(mimeType: 'video/H264' | 'video/VP8'): Check {
  return {
    id: mimeType === 'video/H264' ? 'loopback-h264' : 'loopback-vp8',
    kind: 'page',
    run: () => loopback(mimeType),
  };
}

async function loopback(mimeType: string): Promise<Finding> {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs.filter((codec) => codec.mimeType === mimeType) ?? [];
  if (codecs.length === 0) return missing('not offered by this browser');
  const picture = movingPicture();
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    const [track] = picture.stream.getVideoTracks();
    if (track === undefined) return missing('no picture to send');
    sender.addTransceiver(track, { direction: 'sendonly' }).setCodecPreferences(codecs);
    await connect(sender, receiver);
    return await untilDecoded(sender, receiver);
  } finally {
    picture.stop();
    sender.close();
    receiver.close();
  }
}

function movingPicture(): { readonly stream: MediaStream; stop(): void } {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const context = canvas.getContext('2d');
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    if (context === null) return;
    context.fillStyle = `hsl(${step * 7} 70% 50%)`;
    context.fillRect(0, 0, 640, 360);
  }, 50);
  const stream = canvas.captureStream(20);
  return {
    stream,
    stop() {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

async function connect(sender: RTCPeerConnection, receiver: RTCPeerConnection): Promise<void> {
  sender.addEventListener('icecandidate', ({ candidate }) => void receiver.addIceCandidate(candidate ?? undefined));
  receiver.addEventListener('icecandidate', ({ candidate }) => void sender.addIceCandidate(candidate ?? undefined));
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription ?? { type: 'offer', sdp: '' });
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription ?? { type: 'answer', sdp: '' });
}

async function untilDecoded(sender: RTCPeerConnection, receiver: RTCPeerConnection): Promise<Finding> {
  const endMs = performance.now() + FRAMES_WITHIN_MS;
  while (performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const decoded = await statOf(receiver, 'inbound-rtp');
    const encoded = await statOf(sender, 'outbound-rtp');
    if (Number(decoded.framesDecoded ?? 0) < 5) continue;
    return ok(
      `encoder ${encoded.encoderImplementation ?? 'unnamed'}, decoder ${decoded.decoderImplementation ?? 'unnamed'}`,
    );
  }
  return { outcome: 'failed', detail: `nothing decoded in ${FRAMES_WITHIN_MS / 1_000} s` };
}

async function statOf(peer: RTCPeerConnection, type: RTCStatsType): Promise<Readonly<Record<string, unknown>>> {
  for (const entry of (await peer.getStats()).values() as Iterable<Readonly<Record<string, unknown>>>) {
    if (entry.type === type && entry.kind === 'video') return entry;
  }
  return {};
}
