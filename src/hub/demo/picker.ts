import type { IncomingMessage, ServerResponse } from 'node:http';
import type { errors, Provider } from 'oidc-provider';
import type { DemoTenant } from './companies.ts';
import type { CodeOutcome, ConsoleCode } from './console-code.ts';
import { readForm, sendPage } from './http.ts';
import { findPerson, signInPathOf } from './oidc-config.ts';
import { endedPage, type PickerView, pickerPage } from './pages.ts';

export interface Picker {
  readonly tenant: DemoTenant;
  readonly provider: Provider;
  /** The library's error for a sign-in that has ended. */
  readonly SessionNotFound: typeof errors.SessionNotFound;
  /** Undefined on the hub's own machine. */
  readonly consoleCode: ConsoleCode | undefined;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Serves the account picker of one sign-in: shows it, and takes what was chosen. */
export async function servePicker(picker: Picker, req: IncomingMessage, res: ServerResponse): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await picker.provider.interactionDetails(req, res);
  } catch (error) {
    if (!(error instanceof picker.SessionNotFound)) throw error;
    sendPage(res, 404, endedPage());
    return;
  }
  if (req.method === 'POST') await choose(picker, interaction, req, res);
  else show(picker, interaction, new URL(req.url ?? '/', 'http://hub').searchParams.get('q') ?? '', res);
}

function show(picker: Picker, interaction: Interaction, query: string, res: ServerResponse): void {
  picker.consoleCode?.offer();
  const code = picker.consoleCode === undefined ? 'not-needed' : 'needed';
  sendPage(res, 200, pickerPage(viewOf(picker, interaction, { query, code })));
}

async function choose(
  picker: Picker,
  interaction: Interaction,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const form = await readForm(req);
  const { provider, tenant } = picker;
  if (form.has('cancel')) {
    const result = { error: 'access_denied', error_description: 'The person cancelled the sign-in.' };
    await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
    return;
  }
  const person = findPerson(tenant, form.get('account') ?? undefined);
  if (person === undefined) {
    show(picker, interaction, '', res);
    return;
  }
  const outcome = checkCode(picker, interaction, person.oid, form.get('code') ?? '');
  if (outcome !== 'accepted') {
    const status = outcome === 'too-many' ? 429 : 403;
    sendPage(res, status, pickerPage(viewOf(picker, interaction, { query: '', code: outcome })));
    return;
  }
  const result = { login: { accountId: person.oid }, select_account: {} };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
}

/** Who goes on as the account that is signed in here already needs no new code. */
function checkCode(picker: Picker, interaction: Interaction, oid: string, typed: string): CodeOutcome {
  if (picker.consoleCode === undefined || interaction.session?.accountId === oid) return 'accepted';
  return picker.consoleCode.redeem(typed);
}

function viewOf(picker: Picker, interaction: Interaction, state: Pick<PickerView, 'query' | 'code'>): PickerView {
  const hint = interaction.params.login_hint;
  return {
    company: picker.tenant.name,
    action: signInPathOf(picker.tenant.tenantId, interaction.uid),
    people: picker.tenant.people,
    currentOid: interaction.session?.accountId,
    suggestedMail: typeof hint === 'string' ? hint.toLowerCase() : undefined,
    ...state,
  };
}
