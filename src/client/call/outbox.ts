import { type RefusalCode, type Result, refuse } from '../../domain/call/refusal.ts';

/** Messages that take effect once and in order, whatever the connection does. */
export interface Outbox<Message, Answer> {
  post(message: Message): Promise<Result<Answer>>;
  /** Sends again what was under way when the connection went, with the same id. */
  resend(): void;
  /** Ends everything that waits with a refusal. */
  refuseAll(code: RefusalCode): void;
}

export interface OutboxOptions<Message, Answer> {
  readonly newId: () => string;
  /** `null`: no answer came; the message stays first in line until `resend`. */
  readonly deliver: (id: string, message: Message) => Promise<Result<Answer> | null>;
}

interface Waiting<Message, Answer> {
  readonly id: string;
  readonly message: Message;
  readonly settle: (result: Result<Answer>) => void;
}

export function createOutbox<Message, Answer>({
  newId,
  deliver,
}: OutboxOptions<Message, Answer>): Outbox<Message, Answer> {
  const line: Waiting<Message, Answer>[] = [];
  let delivering = false;

  const pump = async (): Promise<void> => {
    if (delivering) return;
    delivering = true;
    for (let first = line[0]; first !== undefined; first = line[0]) {
      const answer = await deliver(first.id, first.message);
      if (answer === null) break;
      if (line[0] === first) line.shift();
      first.settle(answer);
    }
    delivering = false;
  };

  return {
    post: (message) =>
      new Promise((settle) => {
        line.push({ id: newId(), message, settle });
        void pump();
      }),
    resend: () => void pump(),
    refuseAll(code) {
      for (const waiting of line.splice(0)) waiting.settle(refuse(code));
    },
  };
}
