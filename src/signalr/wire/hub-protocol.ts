import type { Framing } from './framing.ts';
import type { HubMessage, ParsedMessage, TooLargeInvocation, UnknownMessage } from './messages.ts';

/** One encoding of hub messages. Stateless: one instance serves every connection. */
export interface HubProtocol {
  /** The name that a client asks for in its handshake. */
  readonly name: 'json' | 'messagepack';
  readonly transferFormat: 'Text' | 'Binary';
  /** How messages are cut out of a stream of bytes. */
  readonly framing: Framing;
  /**
   * Parses one frame's payload (without separator or length prefix).
   * @throws ProtocolError when it isn't a sound message. Never throws anything else.
   */
  parse(payload: Buffer): ParsedMessage;
  /**
   * As `parse`, for a payload over the size limit: an invocation comes without its arguments, anything else as `unknown`.
   * @throws ProtocolError when it isn't a sound message as far as it was looked at.
   */
  parseTooLarge(payload: Buffer): TooLargeInvocation | UnknownMessage;
  /**
   * Encodes one message with its framing. Properties that are `undefined` are left out, as JSON does.
   * @throws when a value cannot be encoded (a function, a cycle, a bigint): a fault of the caller.
   */
  write(message: HubMessage): Buffer;
}
