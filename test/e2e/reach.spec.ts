import { expect, type Page, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician, pickAccount } from './support/actors.ts';
import { changePolicy } from './support/admin.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { watchContext } from './support/watch.ts';

let hub: RunningHub;
test.beforeAll(async () => {
  hub = await startHub();
});
test.afterAll(() => hub?.dispose());

let actors: Actor[] = [];
/** Notes who is there, so that every browser is closed whatever happens. */
async function enter(opening: Promise<Actor>): Promise<Actor> {
  const actor = await opening;
  actors.push(actor);
  return actor;
}
test.afterEach(async () => {
  const here = actors;
  actors = [];
  await Promise.all(here.map(({ context }) => context.close()));
  expectNoProblems(...here);
});

const NOBODY = 'Nobody found. For someone at another company, type the full e-mail address.';
const NO_GROUP = 'With another company, only two people can call. Use a meeting for more.';
const ENDED_BY_RULE = 'Company rules changed and ended this call. Ask your administrator.';
const button = ({ page }: Actor, name: string | RegExp) => page.getByRole('button', { name });
const text = ({ page }: Actor, words: string) => page.getByText(words, { exact: true });

/** Searches on the headset's page; the search stays open. */
async function searchOnHeadset({ page }: Actor, query: string): Promise<void> {
  const field = page.getByRole('searchbox');
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Search', exact: true }).click();
  await field.fill(query);
}

/** From the headset, and answered at the desk, both by sound alone. */
async function callFromHeadset(technician: Actor, expert: Actor, names: { from: string; to: string }): Promise<void> {
  await button(technician, `Call ${names.to}`).first().click();
  await button(technician, 'Without video').click();
  const ringing = expert.page.getByRole('dialog', { name: `${names.from} is calling` });
  await ringing.getByRole('button', { name: 'Audio', exact: true }).click();
  await expect(technician.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(expert.page.getByRole('heading', { name: 'People' })).toBeVisible();
}

/** Left, not only closed: the hub would keep the call for them to come back. */
async function endCall(technician: Actor, expert: Actor): Promise<void> {
  await button(technician, 'End Call').click();
  await expect(text(expert, 'The call has ended.')).toBeVisible();
}

test('a vendor’s technician finds and calls the vendor’s engineer, and nobody else of the company', async ({
  browser,
}) => {
  const jonas = await enter(openTechnician(browser, hub.origin, { name: 'Jonas Weber (V1)' }));
  const henrik = await enter(openExpert(browser, hub.origin, { mail: 'henrik.dahl@abc.com', name: 'Henrik Dahl' }));
  // The engineer of another vendor, their technician, an expert of the company, and somebody who does not exist.
  for (const query of ['Amara', 'amara.diallo@abc.com', 'Mei Chen', 'Elena', 'nobody.here@abc.com']) {
    await searchOnHeadset(jonas, query);
    await expect(text(jonas, NOBODY), query).toBeVisible();
  }
  await searchOnHeadset(jonas, 'Henrik');
  await callFromHeadset(jonas, henrik, { from: 'Jonas Weber (V1)', to: 'Henrik Dahl' });
  await endCall(jonas, henrik);
});

test('somebody of another company is called by the full address, not by name, and nobody is added', async ({
  browser,
}) => {
  const rosa = await enter(openTechnician(browser, hub.origin, { company: 'Contoso1', name: 'Rosa Delgado' }));
  const yuki = await enter(openExpert(browser, hub.origin, { mail: 'expert3@abc.com', name: 'Yuki Tanaka' }));
  for (const query of ['Yuki', 'expert3', 'expert3@abc']) {
    await searchOnHeadset(rosa, query);
    await expect(text(rosa, NOBODY), query).toBeVisible();
  }
  await searchOnHeadset(rosa, 'expert3@abc.com');
  await callFromHeadset(rosa, yuki, { from: 'Rosa Delgado', to: 'Yuki Tanaka' });

  await button(rosa, 'Add people').click();
  await searchOnHeadset(rosa, 'expert4@abc.com');
  await button(rosa, 'Add Lucía Romero').click();
  await expect(text(rosa, NO_GROUP)).toBeVisible();
  await text(rosa, 'Details').click();
  await expect(text(rosa, 'external-no-group')).toBeVisible();

  // The expert's own colleague is no way around it.
  await button(yuki, 'Add people').click();
  await yuki.page.getByRole('searchbox', { name: 'Search people to add' }).fill('Lucía');
  await button(yuki, 'Add Lucía Romero').click();
  await expect(text(yuki, NO_GROUP)).toBeVisible();
  await expect(rosa.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await endCall(rosa, yuki);
});

test('a company that is not accepted is said to be so, whoever may be there', async ({ browser }) => {
  const hannah = await enter(
    openExpert(browser, hub.origin, { mail: 'hannah.brooks@contoso1.com', name: 'Hannah Brooks' }),
  );
  for (const mail of ['isaac.levy@contoso2.com', 'nobody.here@contoso2.com', 'somebody@fabrikam.com']) {
    await hannah.page.getByRole('searchbox', { name: 'Search people' }).fill(mail);
    const note = hannah.page.getByRole('region', { name: 'People found' }).getByRole('alert');
    await expect(note).toContainText('Your companies do not accept each other.');
    await note.getByText('Details').click();
    await expect(note.getByText('external-off')).toBeVisible();
    await expect(note.getByRole('button', { name: 'Copy' })).toBeVisible();
  }
});

test('a guest’s account is turned away from the headset’s page', async ({ browser }) => {
  const context = await browser.newContext();
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  await page.goto(`${hub.origin}/?tenant=contoso1.com`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await pickAccount(page, 'Samuel Adeyemi');
  await expect(page.getByText('Guests can use the expert’s desk, not a headset.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Recent Contacts' })).toHaveCount(0);
  await context.close();
  expect(watch.problems).toEqual([]);
});

const badge = (page: Page) => page.getByRole('button', { name: /Switch company/ });

/** @param account where the other company's sign-in asks for it */
async function switchTo({ page }: Actor, company: string, account?: string): Promise<void> {
  await badge(page).click();
  await page.getByRole('button', { name: new RegExp(`^${company} `) }).click();
  if (account !== undefined) await pickAccount(page, account);
}

test('a guest helps a company only while switched to it, and is asked before a switch ends a call', async ({
  browser,
}) => {
  const rosa = await enter(openTechnician(browser, hub.origin, { company: 'Contoso1', name: 'Rosa Delgado' }));
  const elena = await enter(openExpert(browser, hub.origin));
  await expect(badge(elena.page)).toHaveAccessibleName(/^Signed in to ABC/);
  await button(rosa, 'Call Elena Fischer').click();
  await button(rosa, 'Without video').click();
  await expect(text(rosa, 'This guest is not signed in to your company now. Try again later.')).toBeVisible();

  await switchTo(elena, 'Contoso1', 'Elena Fischer');
  await expect(badge(elena.page)).toHaveAccessibleName(/^Guest in Contoso1/);
  await expect(text(elena, 'You work in Contoso1 now.')).toBeVisible();
  await callFromHeadset(rosa, elena, { from: 'Rosa Delgado', to: 'Elena Fischer' });

  await switchTo(elena, 'ABC');
  const question = elena.page.getByRole('dialog', { name: 'Switching to ABC ends your call.' });
  await question.getByRole('button', { name: 'Stay in the call' }).click();
  await expect(rosa.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await switchTo(elena, 'ABC');
  await question.getByRole('button', { name: 'End call and switch' }).click();
  await expect(text(rosa, 'The call has ended.')).toBeVisible();
  await expect(badge(elena.page)).toHaveAccessibleName(/^Signed in to ABC/);
  await expect(text(elena, 'You work in ABC now.')).toBeVisible();
});

test('who cancels the other company’s sign-in is still in their own', async ({ browser }) => {
  const elena = await enter(openExpert(browser, hub.origin));
  await switchTo(elena, 'Contoso2');
  await button(elena, 'Cancel').click();
  await expect(text(elena, 'Signing in to Contoso2 did not finish. You are still in ABC.')).toBeVisible();
  await expect(badge(elena.page)).toHaveAccessibleName(/^Signed in to ABC/);
  await expect(elena.page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
});

test('three people are in a direct call once the expert adds a colleague', async ({ browser }) => {
  const dana = await enter(openTechnician(browser, hub.origin));
  const elena = await enter(openExpert(browser, hub.origin));
  const samuel = await enter(openExpert(browser, hub.origin, { mail: 'expert2@abc.com', name: 'Samuel Adeyemi' }));
  await callFromHeadset(dana, elena, { from: 'Dana Okafor', to: 'Elena Fischer' });
  await button(elena, 'Add people').click();
  await elena.page.getByRole('searchbox', { name: 'Search people to add' }).fill('samuel');
  await button(elena, 'Add Samuel Adeyemi').click();
  await expect(elena.page.getByText('Ringing…')).toBeVisible();
  await expect(text(dana, 'Calling Samuel Adeyemi…')).toBeVisible();
  const ringing = samuel.page.getByRole('dialog', { name: 'Elena Fischer is calling' });
  await expect(ringing.getByText('In the call already: Dana Okafor')).toBeVisible();
  await ringing.getByRole('button', { name: 'Audio', exact: true }).click();
  await expect(dana.page.getByRole('heading', { name: 'In the call: 3' })).toBeVisible();
  // Everybody is connected with everybody: each desk measures its way to both others.
  for (const [{ page }, others] of [
    [elena, ['Dana Okafor', 'Samuel Adeyemi']],
    [samuel, ['Dana Okafor', 'Elena Fischer']],
  ] as const) {
    for (const name of others) {
      await expect(page.getByRole('img', { name: `Connection to ${name}: Good connection` })).toBeVisible();
    }
  }
  await button(samuel, 'End Call').click();
  await expect(dana.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await endCall(dana, elena);
});

test('a change of policy ends the call of those it parts, with the reason on both screens', async ({ browser }) => {
  const dana = await enter(openTechnician(browser, hub.origin));
  const elena = await enter(openExpert(browser, hub.origin));
  const ingrid = await enter(
    openExpert(browser, hub.origin, { mail: 'ingrid.solberg@abc.com', name: 'Ingrid Solberg' }),
  );
  await expect(ingrid.page.getByRole('link', { name: 'Admin' })).toBeVisible();
  await expect(elena.page.getByRole('link', { name: 'Admin' })).toHaveCount(0);
  await callFromHeadset(dana, elena, { from: 'Dana Okafor', to: 'Elena Fischer' });

  const apart = (segment: string, other: string) =>
    ({ name: `${segment}: not ${other}`, segment, state: 'active', block: [other] }) as const;
  await changePolicy({
    origin: hub.origin,
    admin: ingrid,
    change: (tenant) => ({
      ...tenant,
      segments: [
        ...tenant.segments,
        { name: 'Field', groups: [], people: ['dana.okafor@abc.com'] },
        { name: 'Hydraulics', groups: [], people: ['expert1@abc.com'] },
      ],
      barriers: {
        ...tenant.barriers,
        policies: [...tenant.barriers.policies, apart('Field', 'Hydraulics'), apart('Hydraulics', 'Field')],
      },
    }),
  });
  await expect(text(dana, ENDED_BY_RULE)).toBeVisible({ timeout: 5_000 });
  await expect(text(elena, ENDED_BY_RULE)).toBeVisible({ timeout: 5_000 });

  // What was there yesterday is still to be seen today, greyed and with the reason.
  const reason = 'Your company keeps some people apart here. Ask your administrator.';
  const greyed = button(dana, `Elena Fischer, not reachable. ${reason}`);
  await expect(greyed).toBeVisible();
  await expect(greyed).toHaveAttribute('aria-disabled', 'true');
  await expect(text(elena, reason)).toBeVisible();
  const call = button(elena, 'Video call to Dana Okafor');
  await call.focus();
  await expect(call).toBeFocused();
  await expect(call).toHaveAccessibleDescription(reason);
});
