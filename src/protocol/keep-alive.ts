/** Both sides say something at least this often; a ping when there is nothing else (SPEC 1.1). */
export const KEEP_ALIVE_MS = 5_000;
/** Three pings missing are a dead link: the hub lets go of whoever is silent for this long. */
export const CLIENT_TIMEOUT_MS = 15_000;
