import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { pickAccount } from './support/actors.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { cutOff } from './support/layout.ts';
import { type Watch, watchContext } from './support/watch.ts';

let hub: RunningHub;
let context: BrowserContext;
let page: Page;
let watch: Watch;

test.beforeAll(async () => {
  hub = await startHub();
});
test.afterAll(() => hub?.dispose());

test.beforeEach(async ({ browser }) => {
  context = await browser.newContext();
  watch = watchContext(context, hub.origin);
  page = await context.newPage();
});
test.afterEach(async () => {
  await context.close();
  expect(watch.problems).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: true });
const faults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

async function signIn(name: string, company = 'ABC'): Promise<void> {
  await page.goto(`${hub.origin}/admin`);
  await button(`Use ${company}`).click();
  await pickAccount(page, name);
  await page.waitForURL(`${hub.origin}/admin`);
}

/** Types a part of the name and picks the first who is found, by keys alone. */
async function pick(field: string, typed: string, name: string): Promise<void> {
  const box = page.getByRole('combobox', { name: field, exact: true });
  await box.fill('');
  await box.pressSequentially(typed);
  await expect(page.getByRole('option', { name: new RegExp(name) })).toBeVisible();
  await box.press('ArrowDown');
  await box.press('Enter');
}

/** The policy file of the view, with something changed in the tenant. */
async function changePolicy(change: (tenant: Record<string, unknown>) => object): Promise<void> {
  await button('Change it here').click();
  const field = page.getByRole('textbox', { name: 'Policy file' });
  const file = JSON.parse(await field.inputValue()) as { tenants: Record<string, unknown>[] };
  const tenants = file.tenants.map((tenant) => ({ ...tenant, ...change(tenant) }));
  await field.fill(JSON.stringify({ ...file, tenants }, null, 2));
}

test('an administrator tries a policy and sees every rule, by keyboard', async () => {
  await signIn('Ingrid Solberg');
  await expect(heading('Try a policy')).toBeVisible();
  expect(await faults()).toEqual([]);
  await pick('Who', 'Jonas', 'Jonas Weber');
  await pick('With whom', 'amara', 'Amara Diallo');
  expect(await faults()).toEqual([]);
  await page.getByRole('combobox', { name: 'With whom' }).press('Enter');
  await expect(heading('Refused')).toBeVisible();
  await expect(page.getByText('Nobody found. For someone at another company')).toBeVisible();
  await expect(page.getByText('“V1 technicians: only their engineers” does not let')).toBeVisible();
  await expect(page.getByText('This one decided')).toHaveCount(1);
  expect(await faults()).toEqual([]);

  await page.getByRole('combobox', { name: 'With whom' }).fill('rosa.delgado@contoso1.com');
  await pick('Who', 'Dana', 'Dana Okafor');
  await button('Try').click();
  await expect(heading('Allowed')).toBeVisible();
  await expect(page.getByText('Contoso1 accepts abc.com.')).toBeVisible();
  await expect(page.getByText('Rosa Delgado')).toHaveCount(0);
});

test('an administrator sees who reaches whom, in tables', async () => {
  await signIn('Ingrid Solberg');
  await button('Who reaches whom').click();
  const rowOf = (name: RegExp) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(rowOf(/^V1_RemoteAssistUser/).getByRole('cell')).toHaveText(['No', 'Yes', 'No', 'No', 'No', 'No', 'No']);
  await expect(rowOf(/^Contoso1/).getByRole('cell')).toHaveText(['Yes', 'Yes', 'Possible']);
  expect(await faults()).toEqual([]);
});

test('a changed policy is tried dry, applied, and leaves its record', async () => {
  await signIn('Ingrid Solberg');
  await button('Policy').click();
  await expect(heading('Revision 1')).toBeVisible();
  expect(await faults()).toEqual([]);
  await changePolicy(() => ({ teams: [{ name: 'Pumps', members: ['nobody@abc.com'] }] }));
  await button('Try it dry').click();
  await expect(page.getByText('tenants[0].teams[0].members[0]')).toBeVisible();
  expect(await faults()).toEqual([]);
  await button('Discard the change').click();

  await changePolicy(() => ({ externalAccess: { enabled: false } }));
  await button('Try it dry').click();
  await expect(heading('What would change')).toBeFocused();
  await expect(page.getByText('Parts of the policy that change: external access.')).toBeVisible();
  await expect(page.getByText('Anybody at Contoso1').first()).toBeVisible();
  await expect(page.getByText('Nobody gains reach.')).toBeVisible();
  expect(await faults()).toEqual([]);
  await button('Apply').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await faults()).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Applied. Revision 2 is in force.')).toBeVisible();

  await button('Audit').click();
  const record = page.getByRole('listitem').filter({ hasText: 'Ingrid Solberg changed the policy: revision 2.' });
  await expect(record).toBeVisible();
  const reference = (await record.locator('.reference').textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Reference' }).fill(reference.toLowerCase());
  await button('Find').click();
  await expect(page.getByRole('list').getByRole('listitem').filter({ hasText: reference })).toHaveCount(1);
  await expect(button('Show all')).toBeVisible();
  expect(await faults()).toEqual([]);
  const downloading = page.waitForEvent('download');
  await button('Export as JSON lines').click();
  const lines = (await readFile(await (await downloading).path(), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toContain('policy-changed');
});

test('a change of the meetings’ settings reads as sentences, and only a policy that is taken away is recorded', async () => {
  await signIn('Ingrid Solberg');
  await button('Policy').click();
  await changePolicy(() => ({ meetings: { lobby: { default: 'invited' }, anonymousJoin: false } }));
  await button('Try it dry').click();
  await expect(page.getByText('Parts of the policy that change: meetings and the lobby.')).toBeVisible();
  await expect(page.getByText('Now: your company and its guests')).toBeVisible();
  await expect(page.getByText('Then: invited people')).toBeVisible();
  await expect(page.getByText('Then: may not join any meeting')).toBeVisible();
  expect(await faults()).toEqual([]);
  await button('Discard the change').click();
  await button('Audit').click();
  const exported = page.getByRole('listitem').filter({ hasText: 'Ingrid Solberg exported the policy.' });
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expect(exported).toHaveCount(0);
  await button('Policy').click();
  const downloading = page.waitForEvent('download');
  await button('Download').click();
  expect((await downloading).suggestedFilename()).toMatch(/^sightline-policy-\d+\.json$/);
  await button('Audit').click();
  await expect(exported).toHaveCount(1);
});

test('a change on top of somebody else’s is refused, and says what to do', async () => {
  await signIn('Ingrid Solberg');
  await button('Policy').click();
  await changePolicy(() => ({ auditRetentionDays: 90 }));
  await button('Try it dry').click();
  await expect(heading('What would change')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${hub.origin}/admin`);
  await other.getByRole('button', { name: 'Use ABC' }).click();
  await other.getByRole('button', { name: 'Ingrid Solberg' }).click();
  const elsewhere = page;
  page = other;
  await button('Policy').click();
  await changePolicy(() => ({ auditRetentionDays: 60 }));
  await button('Try it dry').click();
  await button('Apply').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText(/^Applied\. Revision/)).toBeVisible();
  page = elsewhere;
  watch.cutting();
  await button('Apply').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Somebody else has changed the policy meanwhile.')).toBeVisible();
});

test('who is no administrator is turned away, with what to do', async () => {
  watch.cutting();
  await signIn('Elena Fischer');
  await expect(heading('You are not an administrator of ABC')).toBeVisible();
  await expect(page.getByText('for the role RemoteAssist.Admin.')).toBeVisible();
  await expect(page.getByText(/^Reference [2-9A-Z]{8}$/)).toBeVisible();
  expect(await faults()).toEqual([]);
  await button('Sign out').click();
  await expect(heading('Sign in')).toBeVisible();
});

test('without a network it says so, and goes on when it is back', async () => {
  await signIn('Ingrid Solberg');
  await expect(heading('Try a policy')).toBeVisible();
  watch.cutting();
  await context.setOffline(true);
  await button('Who reaches whom').click();
  await expect(page.getByText('The hub can’t be reached.')).toBeVisible();
  await context.setOffline(false);
  await button('Try again').click();
  await expect(page.getByRole('table').first()).toBeVisible();
});

test('everything fits a phone, and text of twice the size, in the dark, too', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn('Ingrid Solberg');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  for (const scale of ['100%', '200%']) {
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, scale);
    for (const section of ['Who reaches whom', 'Policy', 'Audit', 'Try a policy']) {
      await button(section).click();
      await expect(heading(section)).toBeVisible();
      await expect(page.getByText('Loading…')).toHaveCount(0);
      expect([scale, section, await cutOff(page)]).toEqual([scale, section, []]);
      expect([scale, section, await faults()]).toEqual([scale, section, []]);
    }
  }
});
