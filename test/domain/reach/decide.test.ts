import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import {
  type Account,
  REACH_ACTIONS,
  REACH_REFUSALS,
  type ReachAction,
  type ReachQuestion,
  type ReachRefusal,
  type ReachWorld,
  type TenantPolicy,
} from '../../../src/domain/reach/model.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import {
  allow,
  block,
  createAccount,
  createBarriers,
  createTenant,
  segmentOfGroup,
} from '../../support/reach-worlds.ts';

const ana = createAccount('abc', 'ana@abc.com');
const ben = createAccount('abc', 'ben@abc.com');
const hidden = createAccount('abc', 'hidden@abc.com', { hidden: true });
const red = createAccount('abc', 'red@abc.com', { groups: ['Red'] });
const blue = createAccount('abc', 'blue@abc.com', { groups: ['Blue'] });
const guest = createAccount('abc', 'gil@home.com', { kind: 'guest' });
const carl = createAccount('contoso', 'carl@contoso.com');
const cleo = createAccount('contoso', 'cleo@contoso.com');
const shy = createAccount('contoso', 'shy@contoso.com', { external: { enabled: false, mode: { kind: 'default' } } });
const fay = createAccount('fabrikam', 'fay@fabrikam.com');
const stray = createAccount('gone', 'stray@gone.com');

const worldWith = (abc: Partial<TenantPolicy> = {}): ReachWorld =>
  createWorld([
    createTenant('abc', 'abc.com', {
      segments: ['Red', 'Blue'].map(segmentOfGroup),
      barriers: createBarriers([block('Red', ['Blue'])]),
      teams: [{ name: 'Line', members: [guest.key, ana.key] }],
      ...abc,
    }),
    createTenant('contoso', 'contoso.com'),
    createTenant('fabrikam', 'fabrikam.com', { external: { enabled: true, mode: { kind: 'none' } } }),
  ]);
const world = worldWith();
const guestsOff = worldWith({ guests: { enabled: false, reach: 'teams' } });

type Asked = Partial<ReachQuestion> & Pick<ReachQuestion, 'action' | 'actor'>;

const codeOf = (question: Asked, of: ReachWorld = world): ReachRefusal | null => {
  const verdict = decideReach(of, { target: null, present: [], place: 'none', ...question });
  return verdict.allowed ? null : verdict.code;
};
const towards = (action: ReachAction, actor: Account, target: Account, of = world): ReachRefusal | null =>
  codeOf({ action, actor, target }, of);

describe('somebody who may not be found', () => {
  const asking = ['find', 'presence', 'chat', 'call', 'add', 'addToTeam', 'invite'] as const;

  test.each(asking)('is refused as if they were not there (%s)', (action) => {
    expect(towards(action, ana, hidden)).toBe('not-found');
    expect(towards(action, red, blue)).toBe('not-found');
    expect(towards(action, blue, red)).toBe('not-found');
    expect(towards(action, ben, guest)).toBe('not-found');
    expect(towards(action, guest, ben)).toBe('not-found');
    expect(towards(action, ana, guest, guestsOff)).toBe('not-found');
    expect(towards(action, ana, shy)).toBe('not-found');
    expect(towards(action, carl, guest)).toBe('not-found');
    expect(towards(action, ana, stray)).toBe('not-found');
  });

  test.each(asking)('in a tenant without trust tells of the tenants alone (%s)', (action) => {
    expect(towards(action, ana, fay)).toBe('external-off');
    expect(towards(action, ana, { ...fay, hidden: true })).toBe('external-off');
  });

  test('is nobody to everything, when there is no call that they are both in', () => {
    for (const action of REACH_ACTIONS) {
      if (action !== 'recent') expect(towards(action, red, blue)).toBe('not-found');
    }
  });
});

describe('a recent contact', () => {
  test('is greyed with the reason', () => {
    expect(towards('recent', red, blue)).toBe('barrier');
    expect(towards('recent', ben, guest)).toBe('guest-no-team');
    expect(towards('recent', ana, guest, guestsOff)).toBe('guest-access-off');
    expect(towards('recent', ana, fay)).toBe('external-off');
  });

  test('is gone where the reason is theirs alone', () => {
    expect(towards('recent', ana, hidden)).toBe('not-found');
    expect(towards('recent', { ...red, hidden: true }, blue)).toBe('not-found');
    expect(towards('recent', red, { ...blue, hidden: true })).toBe('not-found');
    expect(towards('recent', ana, shy)).toBe('not-found');
    expect(towards('recent', ana, stray)).toBe('not-found');
  });
});

describe('somebody who is there', () => {
  test('is in the way of who joins, with the reason', () => {
    const joining = (actor: Account, ...present: readonly Account[]): ReachRefusal | null =>
      codeOf({ action: 'join', actor, present, place: 'meeting' });
    expect(joining(ana, ben, red, guest, carl)).toBe(null);
    expect(joining(blue, ana, red)).toBe('barrier');
    expect(joining(ana, hidden)).toBe('barrier');
    expect(joining(ben, guest)).toBe('guest-no-team');
    expect(joining(ana, shy)).toBe('external-off');
    expect(joining(ana, fay)).toBe('external-off');
    expect(joining(ana, stray)).toBe('not-allowed');
  });

  test('is in the way of who is added, though the adding one may find both', () => {
    const adding = (target: Account, ...present: readonly Account[]): ReachRefusal | null =>
      codeOf({ action: 'add', actor: ana, target, present, place: 'call' });
    expect(adding(blue, red)).toBe('barrier');
    expect(adding(blue, ben)).toBe(null);
    expect(adding(ben, guest)).toBe('guest-no-team');
    expect(codeOf({ action: 'add', actor: red, target: blue, present: [ana], place: 'call' })).toBe('not-found');
  });

  test('is told why signals, screens and drawings end', () => {
    for (const action of ['signal', 'shareScreen', 'annotate', 'shareFiles', 'join'] as const) {
      expect(codeOf({ action, actor: red, target: blue, place: 'call' })).toBe('barrier');
      expect(codeOf({ action, actor: red, present: [blue], place: 'call' })).toBe('barrier');
    }
  });

  test('counts once, and never against themselves', () => {
    expect(codeOf({ action: 'add', actor: ana, target: ben, present: [ana, ben, ben], place: 'call' })).toBe(null);
    expect(codeOf({ action: 'signal', actor: ana, target: carl, present: [ana, carl], place: 'call' })).toBe(null);
  });
});

describe('the border between tenants', () => {
  test('is crossed by two in a call', () => {
    expect(codeOf({ action: 'call', actor: ana, target: carl, place: 'call' })).toBe(null);
    expect(codeOf({ action: 'join', actor: ana, present: [carl], place: 'call' })).toBe(null);
    expect(codeOf({ action: 'signal', actor: ana, target: carl, place: 'call' })).toBe(null);
  });

  test('is crossed by no group, whoever of it is foreign', () => {
    const group = 'external-no-group';
    expect(codeOf({ action: 'add', actor: ana, target: carl, present: [ben], place: 'call' })).toBe(group);
    expect(codeOf({ action: 'add', actor: ana, target: ben, present: [carl], place: 'call' })).toBe(group);
    expect(codeOf({ action: 'add', actor: ana, target: cleo, present: [carl], place: 'call' })).toBe(group);
    expect(codeOf({ action: 'join', actor: ana, present: [carl, cleo], place: 'call' })).toBe(group);
    expect(codeOf({ action: 'chat', actor: ana, target: carl, present: [ben], place: 'none' })).toBe(group);
    expect(codeOf({ action: 'chat', actor: ana, target: carl, place: 'none' })).toBe(null);
    expect(codeOf({ action: 'addToTeam', actor: ana, target: carl, place: 'none' })).toBe(group);
  });

  test('is crossed by meetings of people who trust each other', () => {
    const meeting = (actor: Account, ...present: readonly Account[]): ReachRefusal | null =>
      codeOf({ action: 'join', actor, present, place: 'meeting' });
    expect(meeting(ana, ben, carl, cleo)).toBe(null);
    expect(meeting(carl, ana, ben, fay)).toBe('external-off');
  });

  test('is crossed by screens and drawings, and by no files', () => {
    for (const place of ['call', 'meeting', 'none'] as const) {
      expect(codeOf({ action: 'shareScreen', actor: ana, target: carl, place })).toBe(null);
      expect(codeOf({ action: 'annotate', actor: ana, target: carl, place })).toBe(null);
      expect(codeOf({ action: 'shareFiles', actor: ana, target: carl, place })).toBe('external-no-files');
      expect(codeOf({ action: 'shareFiles', actor: ana, present: [ben, carl], place })).toBe('external-no-files');
      expect(codeOf({ action: 'shareFiles', actor: ana, target: ben, place })).toBe(null);
    }
  });

  test('says nothing of groups and files about somebody who may not be found', () => {
    expect(codeOf({ action: 'add', actor: ana, target: shy, present: [ben], place: 'call' })).toBe('not-found');
    expect(codeOf({ action: 'add', actor: ana, target: fay, present: [ben], place: 'call' })).toBe('external-off');
    expect(codeOf({ action: 'shareFiles', actor: ana, target: shy, place: 'none' })).toBe('not-found');
  });
});

describe('the actor alone', () => {
  test('calls and adds nobody by their own name', () => {
    expect(towards('call', ana, ana)).toBe('not-allowed');
    expect(towards('add', ana, { ...ana })).toBe('not-allowed');
    for (const action of ['find', 'presence', 'chat', 'invite', 'addToTeam', 'signal'] as const) {
      expect(towards(action, ana, ana)).toBe(null);
    }
  });

  test('does nothing as a guest with guest access off, even where nobody is', () => {
    for (const action of REACH_ACTIONS) {
      expect(codeOf({ action, actor: guest }, guestsOff)).toBe('guest-access-off');
      expect(towards(action, guest, ana, guestsOff)).toBe('guest-access-off');
      expect(codeOf({ action, actor: guest })).toBe(null);
    }
  });

  test('does nothing from a tenant that is not here', () => {
    expect(codeOf({ action: 'join', actor: stray, place: 'meeting' })).toBe('not-allowed');
    expect(towards('find', stray, ana)).toBe('not-allowed');
  });
});

test('every refusal is reached', () => {
  const reached = new Set(
    [
      towards('find', red, blue),
      towards('recent', red, blue),
      towards('find', ana, fay),
      codeOf({ action: 'add', actor: ana, target: carl, present: [ben], place: 'call' }),
      towards('shareFiles', ana, carl),
      towards('recent', ben, guest),
      towards('find', guest, ana, guestsOff),
      towards('call', ana, ana),
    ].filter((code) => code !== null),
  );
  expect([...reached].sort()).toEqual([...REACH_REFUSALS].sort());
});

describe('a refusal', () => {
  test('names the first rule that denied, and ends with the pair that was refused', () => {
    const verdict = decideReach(
      worldWith({ barriers: createBarriers([allow('Red', ['Red']), block('Blue', ['Red'])]) }),
      {
        action: 'add',
        actor: ana,
        target: blue,
        present: [ben, red, carl],
        place: 'meeting',
      },
    );
    expect(verdict).toMatchObject({
      allowed: false,
      code: 'barrier',
      decidedBy: {
        rule: 'barrier-block',
        policy: 'Blue blocks',
        segment: 'Blue',
        entry: 'Red',
        from: blue.key,
        to: red.key,
      },
    });
    const [last] = verdict.steps.slice(-1);
    expect(last).toMatchObject({ rule: 'barrier-allow', outcome: 'denies', from: red.key, to: blue.key });
    expect(verdict.steps.some(({ rule, to }) => to === carl.key && rule !== 'external-group')).toBe(false);
  });

  test('says who is foreign to the group', () => {
    const verdict = decideReach(world, {
      action: 'join',
      actor: ana,
      target: null,
      present: [ben, carl],
      place: 'call',
    });
    expect(verdict).toMatchObject({ decidedBy: { rule: 'external-group', tid: 'abc', from: ana.key, to: carl.key } });
  });
});
