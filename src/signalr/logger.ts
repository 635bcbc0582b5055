type LogFunction = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/**
 * Where the server reports to; a pino logger fits. Fields never hold tokens, arguments or results, only ids, method names,
 * codes and the errors that handlers threw.
 */
export interface Logger {
  readonly debug: LogFunction;
  readonly warn: LogFunction;
  readonly error: LogFunction;
}

export const silentLogger: Logger = { debug: () => {}, warn: () => {}, error: () => {} };
