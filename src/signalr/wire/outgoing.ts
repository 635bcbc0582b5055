import type { HubProtocol } from './hub-protocol.ts';
import type { HubMessage } from './messages.ts';

/** A message on its way to any number of connections: encoded when first needed, once per protocol. */
export interface OutgoingMessage {
  readonly message: HubMessage;
  /** @throws when a value in the message cannot be encoded. */
  encodedFor(protocol: HubProtocol): Uint8Array;
}

export function createOutgoing(message: HubMessage): OutgoingMessage {
  let json: Uint8Array | undefined;
  let messagePack: Uint8Array | undefined;
  return {
    message,
    encodedFor(protocol) {
      switch (protocol.name) {
        case 'json':
          json ??= protocol.write(message);
          return json;
        case 'messagepack':
          messagePack ??= protocol.write(message);
          return messagePack;
      }
    },
  };
}
