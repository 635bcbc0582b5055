import type { Refusal } from '../../domain/call/refusal.ts';
import { button, entry, type PanelDescription, type PanelItem, panel, textItem } from './description.ts';
import { refusalItem } from './refusal-item.ts';
import type { HeadsetTexts, ScreenView } from './view.ts';

/** What stands before the contacts: starting, the choice of a company, signing in, connecting. */
export function entrancePanel(view: ScreenView, texts: HeadsetTexts): PanelDescription | null {
  const { t } = texts;
  switch (view.screen) {
    case 'starting':
      return panel({
        id: 'start',
        title: t('product.name'),
        role: 'status',
        items: [textItem('busy', t('opening.loading'), { tone: 'quiet', icon: 'sync' })],
      });
    case 'start-failed':
      return panel({
        id: 'start',
        title: t('product.name'),
        items: [
          textItem('failed', t('opening.failed'), { tone: 'waiting', icon: 'warning', detail: view.detail }),
          button({ key: 'retry', name: t('action.retry'), icon: 'retry', look: 'primary', command: { type: 'retry' } }),
        ],
      });
    case 'choose-tenant':
      return tenantPanel(view, texts);
    case 'signed-out':
      return signInPanel(view, texts);
    case 'connecting':
      return panel({
        id: 'start',
        title: t('connecting.title'),
        role: 'status',
        items: [textItem('busy', t('connecting.body', { tenant: view.tenantName }), { tone: 'quiet', icon: 'sync' })],
      });
    case 'closed':
      return closedPanel(view, texts);
    case 'home':
    case 'call':
      return null;
  }
}

function tenantPanel(view: ScreenView & { screen: 'choose-tenant' }, { t }: HeadsetTexts): PanelDescription {
  const hint: PanelItem =
    view.unknown === null
      ? textItem('hint', t('tenant.hint'), { tone: 'quiet' })
      : textItem('unknown', t('tenant.unknown', { tenant: view.unknown }), { tone: 'waiting', icon: 'warning' });
  return panel({
    id: 'tenant',
    title: t('tenant.title'),
    items: [
      hint,
      {
        kind: 'list',
        key: 'tenants',
        name: t('tenant.title'),
        empty: t('tenant.none'),
        roomPageSize: 4,
        previousName: t('home.previousFound'),
        nextName: t('home.nextFound'),
        entries: view.choices.map((choice) =>
          entry({
            key: choice.tenant,
            title: choice.name,
            label: choice.name,
            icon: 'company',
            command: { type: 'chooseTenant', tenant: choice.tenant },
          }),
        ),
      },
    ],
  });
}

function signInPanel(view: ScreenView & { screen: 'signed-out' }, { t }: HeadsetTexts): PanelDescription {
  const tenant = view.tenantName;
  const problems = {
    'wrong-tenant': t('account.wrongTenant', { tenant }),
    failed: t('account.failed'),
    cancelled: t('account.cancelled'),
    unreachable: t('account.unreachable'),
  } as const;
  const items: PanelItem[] = [
    view.problem === null
      ? textItem('hint', t('signIn.hint', { tenant }), { tone: 'quiet' })
      : textItem('problem', problems[view.problem], { tone: 'waiting', icon: 'warning' }),
    button({
      key: 'sign-in',
      name: view.busy ? t('account.busy') : t('action.signIn'),
      icon: 'person',
      look: 'primary',
      busy: view.busy,
      command: { type: 'signIn' },
    }),
  ];
  if (view.canChangeTenant && !view.busy) {
    items.push(
      button({
        key: 'change-tenant',
        name: t('signIn.changeTenant'),
        icon: 'company',
        look: 'quiet',
        command: { type: 'changeTenant' },
      }),
    );
  }
  return panel({ id: 'sign-in', title: t('account.title', { tenant }), items });
}

function closedPanel(view: ScreenView & { screen: 'closed' }, texts: HeadsetTexts): PanelDescription {
  const { t } = texts;
  const refusal = view.refusal ?? { code: 'sign-in-expired' };
  return panel({
    id: 'start',
    title: t('disconnected.title'),
    items: [
      { ...refusalItem('why', refusal, texts), ...wrongTenantText(refusal, view.tenantName, texts) },
      button({
        key: 'sign-in',
        name: t('action.signIn'),
        icon: 'person',
        look: 'primary',
        command: { type: 'signIn' },
      }),
      button({
        key: 'sign-out',
        name: t('action.signOut'),
        icon: 'sign-out',
        look: 'quiet',
        command: { type: 'signOut' },
      }),
    ],
  });
}

/** A headset knows which company's account it wants, and says so. */
function wrongTenantText({ code }: Refusal, tenant: string, { t }: HeadsetTexts): { readonly text?: string } {
  return code === 'wrong-tenant' ? { text: t('account.wrongTenant', { tenant }) } : {};
}
