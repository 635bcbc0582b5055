import { expect, it, vi } from 'vitest';
import type { KnockAnswer } from '../../../src/client/join/join-link.ts';
import { createTickets } from '../../../src/client/join/tickets.ts';
import { accept, type Result, refuse } from '../../../src/domain/call/refusal.ts';

const answer = (ticket: string | null): KnockAnswer => ({
  ...{ meetingId: 'm', person: 'anon:1', name: 'Carla' },
  ...{ ticket, ticketEndsMs: ticket === null ? null : 1 },
});

function setUp() {
  let nowMs = 0;
  const knock = vi.fn<() => Promise<Result<KnockAnswer>>>(async () => accept(answer('second')));
  const tickets = createTickets('first', knock, () => nowMs);
  return { tickets, knock, pass: (ms: number) => (nowMs += ms) };
}

it('the ticket of the first knock makes every connection of the next minute', async () => {
  const { tickets, knock, pass } = setUp();
  expect(await tickets.next()).toBe('first');
  pass(59_999);
  expect(await tickets.next()).toBe('first');
  expect(knock).not.toHaveBeenCalled();
});

it('an older one is not tried any more: the door gives another, which then counts for a minute', async () => {
  const { tickets, knock, pass } = setUp();
  pass(60_000);
  expect(await tickets.next()).toBe('second');
  pass(30_000);
  expect(await tickets.next()).toBe('second');
  expect(knock).toHaveBeenCalledTimes(1);
});

it('a door that gives none says why, until it gives one again', async () => {
  const { tickets, knock, pass } = setUp();
  knock.mockResolvedValueOnce(refuse('call-over'));
  pass(60_000);
  expect(await tickets.next()).toBeNull();
  expect(tickets.refusedBecause()).toEqual({ code: 'call-over' });
  expect(await tickets.next()).toBe('second');
  expect(tickets.refusedBecause()).toBeNull();
});

it('somebody who has signed in meanwhile has no ticket, and is not refused', async () => {
  const { tickets, knock, pass } = setUp();
  knock.mockResolvedValueOnce(accept(answer(null)));
  pass(60_000);
  expect(await tickets.next()).toBeNull();
  expect(tickets.refusedBecause()).toBeNull();
});

it('a door out of reach is an error of the moment: the ticket before still counts as old', async () => {
  const { tickets, knock, pass } = setUp();
  knock.mockRejectedValueOnce(new Error('away'));
  pass(60_000);
  await expect(tickets.next()).rejects.toThrow('away');
  expect(await tickets.next()).toBe('second');
});
