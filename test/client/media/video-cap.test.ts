import { describe, expect, it } from 'vitest';
import { createVideoCap } from '../../../src/client/media/video-cap.ts';
import { videoShare } from '../../../src/client/media/video-share.ts';

const ALONE = videoShare(1, 'camera');
const OF_TWO = videoShare(2, 'camera');
const OF_THREE = videoShare(3, 'camera');
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A sender as browsers have it: one change at a time, none before there are encodings. */
function createSender() {
  let parameters = { encodings: [{}] } as unknown as RTCRtpSendParameters;
  const answers: ((ok: boolean) => void)[] = [];
  let refusing = false;
  const sender = {
    getParameters: () => structuredClone(parameters),
    setParameters: (next: RTCRtpSendParameters) =>
      new Promise<void>((resolve, reject) => {
        const answer = (ok: boolean): void => {
          if (ok) parameters = next;
          if (ok) resolve();
          else reject(new DOMException('not now', 'InvalidStateError'));
        };
        if (refusing) answer(false);
        else answers.push(answer);
      }),
  };
  return {
    sender,
    refuse: (on: boolean) => {
      refusing = on;
    },
    without: (encodings: boolean) => {
      parameters = { ...parameters, encodings: encodings ? [] : [{}] };
    },
    answer: async () => {
      answers.shift()?.(true);
      await settled();
    },
    asked: () => answers.length,
    bitrate: () => parameters.encodings[0]?.maxBitrate,
    parameters: () => parameters,
  };
}

describe('the limit of what one receiver gets', () => {
  it('is set on a sender as soon as there is one', async () => {
    const cap = createVideoCap(ALONE);
    const { sender, answer, parameters } = createSender();
    cap.use(sender);
    await answer();
    expect(parameters().encodings).toEqual([
      { maxBitrate: ALONE.maxBitrateBps, maxFramerate: 30, scaleResolutionDownBy: 1 },
    ]);
    expect(parameters().degradationPreference).toBe('balanced');
  });

  it('is the newest one, however many came while the browser was setting an older one', async () => {
    const cap = createVideoCap(ALONE);
    const { sender, answer, asked, bitrate } = createSender();
    cap.use(sender);
    cap.limit(OF_TWO);
    cap.limit(OF_THREE);
    expect(asked()).toBe(1);
    await answer();
    await answer();
    expect(bitrate()).toBe(OF_THREE.maxBitrateBps);
    expect(asked()).toBe(0);
  });

  it('is tried again after the browser refused it, and then left alone', async () => {
    const cap = createVideoCap(ALONE);
    const { sender, refuse, answer, asked, bitrate } = createSender();
    refuse(true);
    cap.use(sender);
    await settled();
    refuse(false);
    cap.keep();
    await answer();
    expect(bitrate()).toBe(ALONE.maxBitrateBps);
    cap.keep();
    cap.limit({ ...ALONE });
    expect(asked()).toBe(0);
  });

  it('waits for a sender to have encodings', async () => {
    const cap = createVideoCap(ALONE);
    const { sender, without, answer, asked, bitrate } = createSender();
    without(true);
    cap.use(sender);
    expect(asked()).toBe(0);
    without(false);
    cap.keep();
    await answer();
    expect(bitrate()).toBe(ALONE.maxBitrateBps);
  });

  it('holds on the sender of the next connection as well', async () => {
    const cap = createVideoCap(ALONE);
    const [first, second] = [createSender(), createSender()];
    cap.use(first.sender);
    cap.use(second.sender);
    cap.limit(OF_TWO);
    await first.answer();
    await second.answer();
    expect(second.bitrate()).toBe(OF_TWO.maxBitrateBps);
  });
});
