/** A reason for which the hub does not start, in one line for the person at the console. */
export class StartError extends Error {
  override readonly name = 'StartError';

  /** @param line made one line, also when a cause's words had several */
  constructor(line: string, cause?: unknown) {
    super(line.replace(/\s*\n\s*/g, ' '), { cause });
  }
}
