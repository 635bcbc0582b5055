import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { DANA } from '../support/hub-bench.ts';
import { createWireBench, until } from '../support/wire-bench.ts';

test('whose connection goes while the hub still looks up who they are is not there afterwards', async () => {
  const bench = await createWireBench();
  onTestFinished(() => bench.close());
  const { person } = bench.directory;
  let go = (): void => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const asked = vi.spyOn(bench.directory, 'person').mockImplementation(async (...args) => {
    await gate;
    return person(...args);
  });
  const client = await bench.connect(DANA, { silent: true });
  const device = { id: randomUUID(), kind: 'desk' } as const;
  const hello = client
    .invoke('hello', { protocolVersion: PROTOCOL_VERSION, device, resume: [] })
    .catch(() => 'cut off');
  await until(() => asked.mock.calls.length > 0);
  await client.connection.stop();
  expect(await hello).toBe('cut off');
  asked.mockRestore();
  const arrived = vi.spyOn(bench.hub, 'arrived');
  go();
  await until(() => arrived.mock.calls.length > 0);
  await until(() => !bench.hub.online.isOnline(DANA));
});
