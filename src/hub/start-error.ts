/** A reason for which the hub does not start, in one line for the person at the console. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(line: string, cause?: unknown) {
    super(line, { cause });
  }
}
