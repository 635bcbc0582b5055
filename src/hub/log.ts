import pino from 'pino';

/** Structured lines: a message that never changes, and fields. Never tokens, names, mail addresses or content. */
export type Logger = pino.Logger;

/** Fields that must not appear, whoever passes them by mistake. */
const SECRET_FIELDS = ['accessToken', 'access_token', 'authorization', 'cookie', 'secret', 'name', 'mail'];

/** @param destination where lines go instead of standard output, in tests */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options: pino.LoggerOptions = {
    level,
    base: null,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
