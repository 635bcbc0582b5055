import type { Transport } from '../../src/client/connection/transport.ts';

type Handler = (request: unknown) => unknown;

/** A hub at the other end of a wire that the test cuts and mends. Invocations under way when it is cut reject. */
export function createFakeTransport() {
  const messages = new Map<string, (message: unknown) => void>();
  const handlers = new Map<string, Handler>();
  const invoked: { readonly method: string; readonly request: unknown }[] = [];
  const underWay = new Set<(error: Error) => void>();
  let onDisconnected = (): void => {};
  let connected = false;
  let connectError: Error | null = null;
  let connects = 0;

  const cut = (): void => {
    if (!connected) return;
    connected = false;
    for (const reject of [...underWay]) reject(new Error('the connection went'));
    underWay.clear();
    onDisconnected();
  };

  const transport: Transport = {
    async connect() {
      connects += 1;
      if (connected) throw new Error('already connected');
      if (connectError !== null) throw connectError;
      connected = true;
    },
    async disconnect() {
      cut();
    },
    invoke(method, request) {
      invoked.push({ method, request });
      return new Promise((resolve, reject) => {
        if (!connected) return reject(new Error('not connected'));
        underWay.add(reject);
        const handler = handlers.get(method);
        if (handler === undefined) return reject(new Error(`no handler for ${method}`));
        Promise.resolve(handler(request)).then((value) => {
          underWay.delete(reject);
          resolve(value);
        });
      });
    },
    onMessage: (name, listener) => void messages.set(name, listener),
    onDisconnected(listener) {
      onDisconnected = listener;
    },
  };
  return {
    transport,
    invoked,
    answer: (method: string, handler: Handler) => void handlers.set(method, handler),
    push: (name: string, message: unknown) => messages.get(name)?.(message),
    cut,
    failConnects: (error: Error | null) => {
      connectError = error;
    },
    connects: () => connects,
  };
}
