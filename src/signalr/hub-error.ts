/**
 * Thrown by a method or by `onConnected` to tell the caller why, in words meant for it: `message` goes out as it is. Any
 * other error reaches the caller as a sentence without details.
 */
export class HubError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HubError';
  }
}

/** What a caller is told about a failure. */
export function describeFailure(error: unknown, summary: string, detailedErrors: boolean): string {
  if (error instanceof HubError) return error.message;
  return detailedErrors && error instanceof Error ? `${summary} ${error.name}: ${error.message}` : summary;
}
