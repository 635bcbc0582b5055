import type { SignedIn } from '../../../src/client/types.ts';
import type { Contact, Meeting } from '../../../src/protocol/types.ts';
import type { Somebody } from './fake-call.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const key = (n: number): string => `${TENANT}:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const deviceId = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

export const ALEX: Somebody = { person: key(1), name: 'Alex Morgan', device: { id: deviceId(1), kind: 'desk' } };
export const DANA: Somebody = { person: key(2), name: 'Dana Reyes', device: { id: deviceId(2), kind: 'headset' } };
export const PRIYA: Somebody = { person: key(3), name: 'Priya Natarajan', device: { id: deviceId(3), kind: 'desk' } };

const CONTOSO = (n: number) => `2222222${n}-1111-4111-8111-111111111111`;

export const ME: SignedIn = {
  key: ALEX.person,
  name: ALEX.name,
  mail: 'alex@abc.com',
  jobTitle: 'Turbine expert',
  company: 'ABC',
  tenantName: 'ABC',
  isGuest: false,
  tenants: [{ tid: TENANT, name: 'ABC', domain: 'abc.com', home: true }],
  isAdmin: false,
};

/** The same person with accounts in other companies, for the switcher; working in one of those, or at home. */
export function guestMe(isAway: boolean): SignedIn {
  const tenants = [
    ...ME.tenants,
    { tid: CONTOSO(1), name: 'Contoso1', domain: 'contoso1.com', home: false },
    { tid: CONTOSO(2), name: 'Contoso2', domain: 'contoso2.com', home: false },
  ];
  const key = ME.key.replace(TENANT, CONTOSO(1));
  return isAway ? { ...ME, key, isGuest: true, tenantName: 'Contoso1', tenants } : { ...ME, tenants, isAdmin: true };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function contact(n: number, name: string, details: Partial<Contact>): Contact {
  return {
    key: key(n),
    name,
    mail: `${name.split(' ')[0]?.toLowerCase() ?? ''}@abc.com`,
    jobTitle: 'Field technician',
    company: 'ABC',
    presence: 'available',
    last: null,
    refusal: null,
    ...details,
  };
}

export function contacts(nowMs: number): readonly Contact[] {
  const ago = (ms: number, outcome: 'answered' | 'missed' | 'outgoing') => ({ atMs: nowMs - ms, outcome });
  return [
    contact(4, 'Tomasz Nowak', { presence: 'away', last: ago(26 * HOUR_MS, 'outgoing') }),
    contact(2, 'Dana Reyes', { presence: 'available', last: ago(12 * MINUTE_MS, 'missed') }),
    contact(3, 'Priya Natarajan', {
      presence: 'inCall',
      jobTitle: 'Hydraulics expert',
      last: ago(3 * HOUR_MS, 'answered'),
    }),
    contact(5, 'Vendor1 Service', { presence: 'offline', company: 'Vendor1', last: ago(80 * HOUR_MS, 'answered') }),
    contact(7, 'Jonas Weber (V1)', {
      jobTitle: 'Service technician at V1',
      refusal: 'barrier',
      presence: 'offline',
      last: ago(50 * HOUR_MS, 'answered'),
    }),
    contact(6, 'Mei Lin', { presence: 'available', jobTitle: 'Line technician' }),
  ];
}

export function meetings(nowMs: number): readonly Meeting[] {
  const meeting = (n: number, title: string, startMin: number, details: Partial<Meeting>): Meeting => ({
    meetingId: deviceId(100 + n),
    title,
    startMs: nowMs + startMin * MINUTE_MS,
    endMs: nowMs + (startMin + 45) * MINUTE_MS,
    organizer: 'Priya Natarajan',
    joinable: false,
    present: [],
    kind: 'scheduled',
    zone: 'Europe/Berlin',
    cancelled: false,
    waiting: 0,
    oneTime: null,
    may: { edit: false, cancel: false, admit: false, invite: false, send: false, add: true },
    ...details,
  });
  return [
    meeting(1, 'Valve 3 inspection', -5, { joinable: true, present: ['Dana Reyes'] }),
    meeting(2, 'Pump bearing follow-up', 9, { joinable: true }),
    meeting(3, 'Line 2 hand-over', 150, {}),
    meeting(4, 'Morning round', -200, {}),
  ];
}
