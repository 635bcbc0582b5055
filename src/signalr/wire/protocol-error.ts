export type ProtocolErrorCode = 'malformed' | 'messageTooLarge';

/** The peer broke the protocol: the connection cannot go on. `message` says how, without quoting the peer's data. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

export function malformed(message: string, cause?: unknown): ProtocolError {
  return new ProtocolError('malformed', message, cause === undefined ? undefined : { cause });
}

export function messageTooLarge(maxMessageBytes: number): ProtocolError {
  return new ProtocolError('messageTooLarge', `The maximum message size of ${maxMessageBytes} bytes was exceeded.`);
}
