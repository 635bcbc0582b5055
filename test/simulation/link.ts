import { delay, type Faults } from './faults.ts';
import type { Random } from './random.ts';

export interface LinkOptions {
  readonly random: Random;
  readonly faults: () => Faults;
  readonly answer: (
    method: string,
    request: unknown,
    send: (name: string, message: unknown) => void,
  ) => Promise<unknown>;
  readonly serverNoticesEnd: () => void;
  readonly onMessage: (name: string, message: unknown) => void;
  readonly onGone: () => void;
}

export interface Link {
  invoke(method: string, request: unknown): Promise<unknown>;
  breakOff(): void;
}

/**
 * One connection: in order in both directions, delayed, and broken for good at any message. The hub hears of a break late, as
 * of a socket that times out, and runs one invocation at a time.
 */
export function createLink(options: LinkOptions): Link {
  const { random, faults } = options;
  let open = true;
  let up: Promise<unknown> = Promise.resolve();
  let down: Promise<unknown> = Promise.resolve();
  const rejects = new Set<(error: Error) => void>();

  const breakOff = (): void => {
    if (!open) return;
    open = false;
    for (const reject of rejects) reject(new Error('the connection broke'));
    setTimeout(options.serverNoticesEnd, random.between(0, 4_000));
    options.onGone();
  };
  const travel = async (): Promise<void> => {
    await delay(random.between(0, faults().longestDelayMs));
    if (open && random.chance(faults().dropPerMessage)) breakOff();
    // What is on a broken connection arrives nowhere.
    if (!open) await new Promise(() => {});
  };
  const sendDown = (deliver: () => void): void => {
    const before = down;
    down = travel().then(async () => {
      await before;
      if (open) deliver();
    });
  };
  const send = (name: string, message: unknown): void => {
    const copy = structuredClone(message);
    sendDown(() => options.onMessage(name, copy));
  };

  return {
    breakOff,
    invoke: (method, request) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new Error('the connection is closed'));
        rejects.add(reject);
        const copy = structuredClone(request);
        const before = up;
        up = travel().then(async () => {
          await before;
          const answer = structuredClone(await options.answer(method, copy, send));
          sendDown(() => {
            rejects.delete(reject);
            resolve(answer);
          });
        });
      }),
  };
}
