/** Whether the name is an IANA time zone that is known here, e.g. `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    // An offset such as `+02:00` is accepted there too, and is no zone: it knows nothing of summer.
    return /^[A-Z]/i.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
