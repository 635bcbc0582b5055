import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import type { GuestAccess, ReachWorld, Team } from '../../../src/domain/reach/model.ts';
import { mayReach } from '../../../src/domain/reach/pair.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { createAccount, createTenant } from '../../support/reach-worlds.ts';

const guest = createAccount('contoso', 'elena@abc.com', { kind: 'guest', homeTid: 'abc' });
const otherGuest = createAccount('contoso', 'claire@outlook.com', { kind: 'guest' });
const rosa = createAccount('contoso', 'rosa@contoso.com');
const omar = createAccount('contoso', 'omar@contoso.com');
const atHome = createAccount('abc', 'elena@abc.com');

const worldOf = (guests: Partial<GuestAccess>, teams: readonly Team[] = []): ReachWorld =>
  createWorld([
    createTenant('contoso', 'contoso.com', { guests: { enabled: true, reach: 'teams', ...guests }, teams }),
    createTenant('abc', 'abc.com'),
  ]);
const team = (name: string, ...members: readonly { readonly key: string }[]): Team => ({
  name,
  members: members.map(({ key }) => key),
});

describe('a guest whose reach is the teams', () => {
  const world = worldOf({}, [team('Line', guest, rosa), team('Review', otherGuest, rosa, omar)]);

  test('reaches the people of a shared team, both ways', () => {
    expect(mayReach(world, guest, rosa)).toBe(true);
    expect(mayReach(world, rosa, guest)).toBe(true);
  });

  test('reaches no member and no guest of other teams', () => {
    expect(mayReach(world, guest, omar)).toBe(false);
    expect(mayReach(world, guest, otherGuest)).toBe(false);
    expect(mayReach(worldOf({}), guest, rosa)).toBe(false);
  });

  test('reaches another guest of a shared team', () => {
    expect(mayReach(worldOf({}, [team('Line', guest, otherGuest)]), guest, otherGuest)).toBe(true);
  });

  test('two teams of one name are two teams', () => {
    expect(mayReach(worldOf({}, [team('Line', guest), team('Line', rosa)]), guest, rosa)).toBe(false);
  });

  test('takes nothing from members, who need no team', () => {
    expect(mayReach(world, rosa, omar)).toBe(true);
  });

  test('the chain names the team', () => {
    const verdict = decideReach(world, { action: 'call', actor: guest, target: rosa, present: [], place: 'call' });
    expect(verdict.steps.map(({ rule, outcome, entry }) => [rule, outcome, entry])).toEqual([
      ['guest-access', 'allows', null],
      ['guest-access', 'allows', null],
      ['hidden', 'allows', null],
      ['hidden', 'allows', null],
      ['barrier-none', 'allows', null],
      ['barrier-none', 'allows', null],
      ['guest-team', 'allows', 'Line'],
    ]);
  });
});

test('a guest whose reach is the tenant reaches all its members and guests', () => {
  const world = worldOf({ reach: 'tenant' });
  expect(mayReach(world, guest, omar)).toBe(true);
  expect(mayReach(world, otherGuest, guest)).toBe(true);
});

test('with guest access off a guest reaches nobody, and members reach each other', () => {
  for (const reach of ['teams', 'tenant'] as const) {
    const world = worldOf({ enabled: false, reach }, [team('Line', guest, rosa, otherGuest)]);
    expect(mayReach(world, guest, rosa)).toBe(false);
    expect(mayReach(world, rosa, guest)).toBe(false);
    expect(mayReach(world, guest, otherGuest)).toBe(false);
    expect(mayReach(world, rosa, omar)).toBe(true);
  }
});

test('a guest account leads to no other tenant, not even to its own home', () => {
  const world = worldOf({ reach: 'tenant' });
  expect(mayReach(world, guest, atHome)).toBe(false);
  expect(mayReach(world, atHome, guest)).toBe(false);
  expect(mayReach(world, rosa, atHome)).toBe(true);
});
