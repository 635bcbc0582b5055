import { expect, type Page } from '@playwright/test';
import type { LobbyEntry } from '../../../src/domain/meeting/lobby-view.ts';
import type { FakeClient } from '../../support/desk-harness/fake-client.ts';

/** What the desk's harness leaves on its page for tests. */
export interface HarnessPage {
  readonly fake: FakeClient;
  ringMe(): void;
}

type HarnessWindow = { readonly harness: HarnessPage };

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

export const waiter = (name: string, changes: Partial<LobbyEntry> = {}): LobbyEntry => ({
  ...{ person: `anon:${name}`, name, class: 'anonymous', signedIn: false, waitedMs: 0, away: false },
  ...changes,
});

/** Who waits at the door of a meeting of the person's own; nobody: the door is empty again. */
export const letWait = (page: Page, entries: readonly LobbyEntry[], mayAdmit = true): Promise<void> =>
  page.evaluate(
    ([waiting, may]) => {
      const { fake } = (window as unknown as HarnessWindow).harness;
      const lobby = {
        ...{ meetingId: 'm', title: 'Valve 3 inspection', kind: 'scheduled' as const, entries: waiting },
        ...{ mayAdmit: may, admitters: ['Priya Natarajan'], toldAtMs: Date.now() },
      };
      fake.meetings.lobbies.value = waiting.length === 0 ? [] : [lobby];
    },
    [entries, mayAdmit] as const,
  );

/** Somebody else changes a meeting that this page has in its form. */
export const changeElsewhere = (page: Page, title: string, change: { title?: string; cancel?: boolean }) =>
  page.evaluate(
    async ([known, { title: renamed, cancel }]) => {
      const { planner } = (window as unknown as HarnessWindow).harness.fake.meetings;
      const all = await planner.list({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
      const found = all.ok ? all.value.find((one) => one.title === known) : undefined;
      const details = found === undefined ? null : await planner.details(found.meetingId);
      if (details?.ok !== true) throw new Error(`no meeting ${known}`);
      const { meetingId, revision, draft } = details.value;
      await planner.change(meetingId, revision, { ...draft, title: renamed ?? draft.title });
      if (cancel === true) await planner.cancel(meetingId, revision + 1);
    },
    [title, change] as const,
  );

/** From now on the hub cannot be asked for meetings. */
export const loseTheHub = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { planner } = (window as unknown as HarnessWindow).harness.fake.meetings;
    const notConnected = async () => ({ ok: false, refusal: { code: 'internal', detail: 'not connected' } }) as const;
    Object.assign(planner, { list: notConnected, details: notConnected });
  });

/** Leads through every view of planning, of one-time calls, of lobbies and of the call, and stops at each. */
export async function walkThroughDesk(page: Page, url: string, visit: (view: string) => Promise<void>): Promise<void> {
  await page.goto(url);
  await button(page, 'Meetings').click();
  await page.getByRole('button', { name: /^Valve 3 inspection/ }).click();
  await expect(page.getByRole('region', { name: 'Chosen meeting' })).toContainText('Send invitation');
  await visit('a day and a chosen meeting');
  await button(page, 'Cancel meeting').click();
  await visit('the question before cancelling');
  await button(page, 'Keep it').click();
  await walkThroughForm(page, visit);
  await walkThroughLinks(page, visit);
  await button(page, 'Meetings').click();
  await loseTheHub(page);
  await button(page, 'Next day').click();
  await expect(page.getByText('There is no connection to the hub.')).toBeVisible();
  await visit('a day that cannot be read');
  await walkThroughLobby(page, url, visit);
}

async function walkThroughForm(page: Page, visit: (view: string) => Promise<void>): Promise<void> {
  await button(page, 'Edit').click();
  await page.getByLabel('Subject').fill('Valve 3, once more');
  await changeElsewhere(page, 'Valve 3 inspection', { title: 'Valve 4 inspection' });
  await expect(page.getByText('Somebody else changed this meeting')).toBeVisible();
  await expect(page.getByLabel('Subject')).toHaveValue('Valve 3, once more');
  await visit('a meeting that somebody else changed');
  await button(page, 'Cancel').click();
  await visit('the question before discarding');
  await button(page, 'Discard').click();

  await button(page, 'New meeting').click();
  await page.getByLabel('Invite people').fill('Priya');
  await expect(page.getByRole('list', { name: 'People found' })).toBeVisible();
  await visit('people found');
  await page.getByRole('button', { name: /^Priya Natarajan/ }).click();
  await page.getByLabel('Invite people').fill('somebody.with.a.long.address@oem-service-partner.example');
  await page.keyboard.press('Enter');
  await page.getByLabel('Subject').fill('Spare parts');
  // Berlin's clocks go from three back to two that night.
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByLabel('Date', { exact: true }).fill('2027-10-31');
  await page.getByLabel('Start').fill('02:30');
  await expect(page.getByText('this time comes twice')).toBeVisible();
  await expect(button(page, 'Make Priya Natarajan co-organizer')).toBeVisible();
  await page.getByLabel('Subject').fill('');
  await button(page, 'Schedule meeting').click();
  await expect(page.getByText('Give it a subject.')).toBeVisible();
  await visit('a form with warnings and problems');
}

async function walkThroughLinks(page: Page, visit: (view: string) => Promise<void>): Promise<void> {
  await button(page, 'One-time Call').click();
  await button(page, 'Create a one-time call link').click();
  await expect(page.getByText('Waiting for the customer')).toBeVisible();
  await button(page, 'Copy message').click();
  await expect(page.getByLabel('Message for the customer')).toBeFocused();
  await visit('the message of a one-time call');
  await button(page, 'Revoke link').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke link' }).click();
  await expect(page.getByText('State: Revoked')).toBeVisible();
  await visit('a revoked link');
}

async function walkThroughLobby(page: Page, url: string, visit: (view: string) => Promise<void>): Promise<void> {
  await page.goto(url);
  await button(page, 'Join Valve 3 inspection').click();
  await button(page, 'Start editing').click();
  await expect(button(page, 'Stop editing')).toBeVisible();
  await letWait(page, [
    waiter('Carla Customer'),
    waiter('Sam With A Rather Long Name Of The Other Branch Office', { signedIn: true, away: true }),
  ]);
  await expect(button(page, 'Admit Carla Customer')).toBeVisible();
  await visit('a lobby while editing');
  await letWait(page, [waiter('Carla Customer')], false);
  await visit('a lobby for who may not admit');
}
