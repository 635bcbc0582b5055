import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { serveHarness } from '../support/desk-harness/serve.ts';
import { button, changeElsewhere, type HarnessPage, letWait, waiter, walkThroughDesk } from './support/desk-views.ts';
import { test } from './support/fixtures.ts';
import { cutOff } from './support/layout.ts';

/** Planning, one-time calls and lobbies for people who do not use a mouse, do not see the screen, or see it large. */
let harness: Awaited<ReturnType<typeof serveHarness>>;
test.beforeAll(async () => {
  harness = await serveHarness(process.cwd());
});
test.afterAll(() => harness.close());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view of meetings and lobbies is free of accessibility faults, ${colorScheme}`, async ({ page }) => {
    // Colours are judged where they arrive, not on their way there.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await walkThroughDesk(page, harness.url, async (view) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect([view, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([view, []]);
    });
  });
}

test('nothing is cut off on a phone, nor with text of twice the size', async ({ page }) => {
  const sizes = [
    { width: 360, height: 740, text: '100%' },
    { width: 360, height: 740, text: '200%' },
    { width: 1280, height: 800, text: '200%' },
  ];
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await walkThroughDesk(page, harness.url, async (view) => {
    for (const { text, ...size } of sizes) {
      await page.setViewportSize(size);
      await page.evaluate((fontSize) => {
        document.documentElement.style.fontSize = fontSize;
      }, text);
      expect([view, size.width, text, await cutOff(page)]).toEqual([view, size.width, text, []]);
    }
    // The next steps are taken as on a computer.
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => document.documentElement.removeAttribute('style'));
  });
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('a meeting is planned, changed and cancelled by the keyboard alone', async ({ page }) => {
  await page.goto(harness.url);
  const { keyboard } = page;
  const press = async (target: Locator) => {
    await tabTo(page, target);
    await keyboard.press('Enter');
  };
  await press(button(page, 'Meetings'));
  await press(button(page, 'New meeting'));
  await expect(page.getByRole('heading', { name: 'New meeting' })).toBeFocused();
  await tabTo(page, page.getByLabel('Subject'));
  await keyboard.type('Seal of pump 4');
  await tabTo(page, page.getByLabel('Invite people'));
  await keyboard.type('Priya');
  await expect(page.getByRole('list', { name: 'People found' })).toBeVisible();
  await press(page.getByRole('button', { name: /^Priya Natarajan/ }));
  await expect(page.getByLabel('Invite people')).toBeFocused();
  await keyboard.type('vendor@oem.example');
  await keyboard.press('Enter');
  await press(button(page, 'Make Priya Natarajan co-organizer'));
  await expect(page.getByLabel('Role of Priya Natarajan')).toHaveValue('coOrganizer');
  await press(button(page, 'Schedule meeting'));
  await expect(page.getByRole('heading', { name: 'Meetings', exact: true })).toBeFocused();
  const chosen = page.getByRole('region', { name: 'Chosen meeting' });
  await expect(chosen).toContainText('Seal of pump 4');
  // On another day than its own it says which is its own.
  const year = `, ${new Date().getFullYear()},`;
  await expect(chosen).not.toContainText(year);
  await press(button(page, 'Next day'));
  await expect(chosen).toContainText(year);
  await press(button(page, 'Previous day'));

  await tabTo(page, page.getByRole('button', { name: /^Valve 3 inspection/ }));
  await keyboard.press('End');
  await keyboard.press('Home');
  await press(button(page, 'Edit'));
  await expect(page.getByRole('heading', { name: 'Edit meeting' })).toBeFocused();
  await keyboard.press('Escape');
  await press(button(page, 'Cancel meeting'));
  await expect(button(page, 'Keep it')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(page.getByText('This meeting was cancelled.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Chosen meeting' })).toBeFocused();
});

test('a link is made and its customer admitted by the keyboard alone, and the focus goes back', async ({ page }) => {
  await page.goto(harness.url);
  await tabTo(page, button(page, 'One-time Call'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Name of the call'));
  await page.keyboard.type('Valve question');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Copy message')).toBeFocused();
  await letWait(page, [waiter('Carla Customer'), waiter('Sam Smith')]);
  await expect(button(page, 'Admit Carla Customer')).toBeVisible();
  await page.keyboard.press('Control+Shift+Y');
  await expect(button(page, 'Admit Carla Customer')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Admit Sam Smith')).toBeFocused();
  await tabTo(page, button(page, 'Deny Sam Smith'));
  await page.keyboard.press('Enter');
  await expect(button(page, 'Copy message')).toBeFocused();
  const decided = await page.evaluate(
    () => (window as unknown as { readonly harness: HarnessPage }).harness.fake.meetings.decided,
  );
  expect(decided).toEqual(['admit:anon:Carla Customer', 'deny:anon:Sam Smith']);
});

test('Copy message copies at once, and opens the text to be changed and copied again', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(harness.url);
  await button(page, 'One-time Call').click();
  await button(page, 'Create a one-time call link').click();
  await expect(button(page, 'Copy message')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Message copied\. Change it below/).first()).toBeVisible();
  const message = page.getByLabel('Message for the customer');
  await expect(message).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await message.inputValue());
  await message.fill('In my own words.');
  await button(page, 'Copy message').last().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('In my own words.');
});

test('Admit all lets in as many as there are places, and says how many wait on', async ({ page }) => {
  await page.goto(harness.url);
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  await letWait(
    page,
    ['Ada', 'Bo', 'Cy', 'Di', 'El'].map((name) => waiter(name)),
  );
  await button(page, 'Admit all').click();
  await expect(page.getByText('The meeting is full now: four people at most. Still waiting: 2.').first()).toBeVisible();
  await expect(page.getByText('Let in: 3.').first()).toBeVisible();
  await expect(page.getByText('Everybody is let in.')).toHaveCount(0);
  await expect(button(page, 'Admit El')).toBeVisible();
  await expect(button(page, 'Admit Cy')).toHaveCount(0);
});

test('a screen reader is told who waits and who calls, in places that were there before', async ({ page }) => {
  await page.goto(harness.url);
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  const marked = await page.evaluate(() => {
    const regions = document.querySelectorAll<HTMLElement>('[role=status], [role=alert]');
    for (const region of regions) region.dataset.before = '';
    return [...regions].filter((region) => region.closest('[hidden], [inert]') === null).length;
  });
  expect(marked).toBeGreaterThan(1);
  const said = page.locator('[data-before]');
  await letWait(page, [waiter('Carla Customer')]);
  await expect(said.filter({ hasText: 'Carla Customer waits in the lobby of Valve 3 inspection.' })).toHaveCount(1);
  await letWait(page, [waiter('Carla Customer'), waiter('Sam Smith')]);
  await expect(
    said.filter({ hasText: 'Carla Customer and Sam Smith wait in the lobby of Valve 3 inspection.' }),
  ).toHaveCount(1);
  await letWait(page, []);
  await page.evaluate(() => (window as unknown as { readonly harness: HarnessPage }).harness.ringMe());
  await expect(said.filter({ hasText: 'Dana Reyes is calling' })).toHaveCount(1);
  // Whoever types must not answer with their next key; the dialog's words are read as the focus comes to them.
  await expect(page.getByRole('heading', { name: 'Dana Reyes is calling' })).toBeFocused();
});

const inAWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

test('what was typed outlives somebody else’s change, and a cancellation', async ({ page }) => {
  await page.goto(harness.url);
  await button(page, 'Meetings').click();
  await page.getByRole('button', { name: /^Valve 3 inspection/ }).click();
  await button(page, 'Edit').click();
  const subject = page.getByLabel('Subject');
  await subject.fill('Valve 3, once more');
  await changeElsewhere(page, 'Valve 3 inspection', { title: 'Valve 4 inspection' });
  await expect(page.getByText('Subject: Valve 4 inspection')).toBeVisible();
  await expect(subject).toHaveValue('Valve 3, once more');
  await button(page, 'Use theirs instead').click();
  await expect(subject).toHaveValue('Valve 4 inspection');
  await subject.fill('Valve 3, after all');
  await changeElsewhere(page, 'Valve 4 inspection', { cancel: true });
  await expect(page.getByText('This meeting was cancelled while you had it open.')).toBeVisible();
  await expect(page.getByText('This time is over. Choose a later one.')).toBeVisible();
  await page.getByLabel('Date', { exact: true }).fill(inAWeek());
  await button(page, 'Schedule meeting').click();
  await expect(page.getByRole('region', { name: 'Chosen meeting' })).toContainText('Valve 3, after all');
  await button(page, 'Today').click();
  await expect(page.getByRole('button', { name: /^Valve 4 inspection.*Cancelled/ })).toBeVisible();
});
