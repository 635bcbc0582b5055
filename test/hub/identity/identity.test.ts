import { describe, expect, it } from 'vitest';
import { APP_ROLES, admit, type Surface } from '../../../src/hub/identity/identity.ts';

const { admin, remoteAssistUser, teamsUser, vendor } = APP_ROLES;

describe('admission', () => {
  it.each<[string, boolean, readonly string[], Surface, object]>([
    ['a technician on the headset', false, [remoteAssistUser, teamsUser], 'headset', { ok: true }],
    ['a service account on the headset', false, [remoteAssistUser, vendor], 'headset', { ok: true }],
    ['an expert at the desk', false, [teamsUser], 'desk', { ok: true }],
    ['a technician at the desk', false, [remoteAssistUser], 'desk', { ok: true }],
    ['a guest at the desk', true, [teamsUser], 'desk', { ok: true }],
    ['a guest on the headset', true, [remoteAssistUser, teamsUser], 'headset', { ok: false, code: 'guest-on-headset' }],
    [
      'an expert on the headset',
      false,
      [teamsUser],
      'headset',
      { ok: false, code: 'licence-missing', licence: remoteAssistUser },
    ],
    ['somebody without a licence', false, [], 'desk', { ok: false, code: 'licence-missing', licence: teamsUser }],
    [
      'a vendor without a licence',
      false,
      [vendor],
      'headset',
      { ok: false, code: 'licence-missing', licence: remoteAssistUser },
    ],
    ['an administrator', false, [admin], 'admin', { ok: true }],
    [
      'an expert in the administration',
      false,
      [teamsUser],
      'admin',
      { ok: false, code: 'licence-missing', licence: admin },
    ],
    [
      'a role that only starts alike',
      false,
      ['RemoteAssist.UserX'],
      'headset',
      { ok: false, code: 'licence-missing', licence: remoteAssistUser },
    ],
  ])('of %s', (_, isGuest, roles, surface, expected) => {
    expect(admit({ isGuest, roles }, surface)).toEqual(expected);
  });
});
