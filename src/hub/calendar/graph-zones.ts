/**
 * Zones that Microsoft Graph takes besides those of Windows, as far as their names are those of today; of Windows' own UTC alone.
 * Source: "dateTimeTimeZone resource type", Microsoft Graph.
 */
const GRAPH_ZONES = [
  'UTC',
  ...['Europe/Berlin', 'Europe/London', 'Europe/Paris', 'Europe/Budapest', 'Europe/Warsaw', 'Europe/Bucharest'],
  ...['Europe/Istanbul', 'Europe/Kaliningrad', 'Europe/Moscow', 'Atlantic/Reykjavik', 'Atlantic/Azores'],
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Phoenix'],
  ...['America/Anchorage', 'America/Halifax', 'America/St_Johns', 'America/Regina', 'America/Mexico_City'],
  ...['America/Chihuahua', 'America/Guatemala', 'America/Bogota', 'America/Caracas', 'America/La_Paz'],
  ...['America/Asuncion', 'America/Santiago', 'America/Sao_Paulo', 'America/Argentina/Buenos_Aires'],
  ...['America/Cayenne', 'America/Montevideo', 'America/Bahia', 'Pacific/Honolulu', 'Atlantic/Cape_Verde'],
  ...['Africa/Casablanca', 'Africa/Lagos', 'Africa/Windhoek', 'Africa/Cairo', 'Africa/Johannesburg'],
  ...['Africa/Nairobi', 'Asia/Beirut', 'Asia/Damascus', 'Asia/Jerusalem', 'Asia/Amman', 'Asia/Baghdad'],
  ...['Asia/Riyadh', 'Asia/Tehran', 'Asia/Dubai', 'Asia/Baku', 'Asia/Tbilisi', 'Asia/Yerevan', 'Asia/Kabul'],
  ...['Asia/Karachi', 'Asia/Kolkata', 'Asia/Colombo', 'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Yekaterinburg'],
  ...['Asia/Bangkok', 'Asia/Novosibirsk', 'Asia/Shanghai', 'Asia/Krasnoyarsk', 'Asia/Singapore', 'Asia/Taipei'],
  ...['Asia/Ulaanbaatar', 'Asia/Irkutsk', 'Asia/Tokyo', 'Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan'],
  ...['Australia/Perth', 'Australia/Adelaide', 'Australia/Darwin', 'Australia/Brisbane', 'Australia/Sydney'],
  ...['Australia/Hobart', 'Indian/Mauritius', 'Pacific/Port_Moresby', 'Pacific/Guadalcanal', 'Pacific/Auckland'],
  ...['Pacific/Fiji', 'Pacific/Tongatapu', 'Pacific/Apia', 'Pacific/Kiritimati'],
] as const;

const MONTH_MS = 30 * 86_400_000;

/** A moment as clocks in a zone show it, as Graph takes it. */
export interface GraphTime {
  /** E.g. `2026-03-27T09:00:00`. */
  readonly dateTime: string;
  readonly timeZone: string;
}

/**
 * A moment in the zone that a meeting was planned in, else in one whose clocks go the same way in the year around it, e.g. Berlin's
 * for Vienna; in UTC where Graph knows none. The moment is the same in each.
 */
export function graphTimeOf(instantMs: number, zone: string): GraphTime {
  const timeZone = GRAPH_ZONES.find((one) => one === zone) ?? GRAPH_ZONES.find((one) => agree(one, zone, instantMs));
  if (timeZone === undefined || comesTwice(instantMs, timeZone)) {
    return { dateTime: new Date(instantMs).toISOString().slice(0, 19), timeZone: 'UTC' };
  }
  return { dateTime: wallClock(instantMs, timeZone), timeZone };
}

/** By how much clocks are put back. */
const PUT_BACK_MS = [30, 60].map((minutes) => minutes * 60_000);

/** A time on the clock alone does not say which of the two is meant. */
const comesTwice = (instantMs: number, zone: string): boolean =>
  PUT_BACK_MS.flatMap((ms) => [instantMs - ms, instantMs + ms]).some(
    (otherMs) => wallClock(otherMs, zone) === wallClock(instantMs, zone),
  );

function agree(a: string, b: string, aroundMs: number): boolean {
  for (let month = -6; month <= 6; month += 1) {
    const atMs = aroundMs + month * MONTH_MS;
    if (wallClock(atMs, a) !== wallClock(atMs, b)) return false;
  }
  return true;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedish writes dates as ISO 8601 does. */
function wallClock(instantMs: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
      ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const),
      timeZone,
    });
  formats.set(timeZone, format);
  return format.format(instantMs).replace(' ', 'T');
}
