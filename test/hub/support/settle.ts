/** Longer chains of promises than this do not occur between a command and its last message. */
const ROUNDS = 20;

/** Lets everything run that waits for nothing but promises. */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
