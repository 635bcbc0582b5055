import type { Logger } from '../logger.ts';
import {
  type CompletionMessage,
  type InvocationMessage,
  MessageType,
  type ParsedMessage,
  type TooLargeInvocation,
} from '../wire/messages.ts';

export interface IncomingOptions {
  readonly connectionId: string;
  readonly logger: Logger;
  readonly onInvocation: (invocation: InvocationMessage) => void;
  readonly onTooLarge: (invocation: TooLargeInvocation) => void;
  readonly onGoodbye: () => void;
  readonly reply: (completion: CompletionMessage) => void;
}

/** Sorts what a client sends. Whatever this server has no use for is answered if it asks for an answer, else ignored. */
export function createIncoming(options: IncomingOptions): (message: ParsedMessage) => void {
  const { connectionId, logger, onInvocation, onTooLarge, onGoodbye, reply } = options;

  function refuse(invocationId: string | undefined, error: string) {
    logger.debug({ connectionId, error }, 'An invocation was refused');
    if (invocationId !== undefined) reply({ type: MessageType.Completion, invocationId, error });
  }

  return (message) => {
    switch (message.type) {
      case MessageType.Invocation:
        if (message.streamIds === undefined || message.streamIds.length === 0) return onInvocation(message);
        return refuse(message.invocationId, 'This server does not support streams from the client.');
      case MessageType.StreamInvocation:
        return refuse(message.invocationId, 'This server does not support streams to the client.');
      case 'bindingFailure':
        return refuse(message.invocationId, `Failed to invoke '${message.target}'. ${message.reason}`);
      case 'tooLarge':
        return onTooLarge(message);
      case MessageType.Close:
        return onGoodbye();
      case MessageType.Ping:
        return;
      // Items, ends and cancellations belong to streams that were refused; results to calls that were never made; sequence
      // numbers to stateful reconnect, which is never agreed on. ASP.NET Core ignores them too.
      case MessageType.StreamItem:
      case MessageType.Completion:
      case MessageType.CancelInvocation:
      case MessageType.Ack:
      case MessageType.Sequence:
      case 'unknown':
        return logger.debug({ connectionId, messageType: message.type }, 'A message was ignored');
    }
  };
}
