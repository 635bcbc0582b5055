import type { IconName } from '../../ui/icons.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import type { Desk, Section } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { TenantBadge } from './tenant-badge.tsx';

export function Rail({ desk, demo }: { readonly desk: Desk; readonly demo: boolean }) {
  const { t } = useTexts();
  const section = desk.section.value;
  const me = desk.client.me.value;
  const item = (id: Section, icon: IconName, label: string) => (
    <li>
      <button
        type="button"
        class="rail-item"
        aria-current={section === id ? 'page' : undefined}
        onClick={() => desk.show(id)}
      >
        <Icon name={icon} size={24} />
        <span>{label}</span>
      </button>
    </li>
  );
  return (
    <nav class="rail" aria-label={t('rail.label')}>
      <p class="rail-brand">
        <span class="brand-mark" aria-hidden="true" />
        <span class="visually-hidden">{t('product.name')}</span>
      </p>
      <ul class="rail-items">
        {desk.call.value === null ? null : item('call', 'glasses', t('rail.call'))}
        {item('contacts', 'people', t('rail.contacts'))}
        {item('meetings', 'meeting', t('rail.meetings'))}
        {item('oneTime', 'link', t('rail.oneTime'))}
        {me?.isAdmin === true ? <AdminLink inCall={desk.call.value !== null} /> : null}
      </ul>
      {demo ? <p class="badge-demo">{t('product.demo')}</p> : null}
      {me === null ? null : <TenantBadge desk={desk} me={me} />}
      <Account desk={desk} />
    </nav>
  );
}

/** Another page: a call is kept by opening it beside this one. */
function AdminLink({ inCall }: { readonly inCall: boolean }) {
  const { t } = useTexts();
  return (
    <li>
      <a class="rail-item" href="/admin" target={inCall ? '_blank' : undefined} rel={inCall ? 'opener' : undefined}>
        <Icon name="admin" size={24} />
        <span>{t('rail.admin')}</span>
        {inCall ? <span class="visually-hidden">{t('rail.newTab')}</span> : null}
      </a>
    </li>
  );
}

function Account({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  const me = desk.client.me.value;
  if (me === null) return null;
  return (
    <details class="account">
      <summary aria-label={t('rail.account', { name: me.name })}>
        <Avatar name={me.name} />
      </summary>
      <div class="account-card">
        <p class="strong">{me.name}</p>
        <p class="quiet">{me.tenantName}</p>
        <p class="quiet">{me.mail}</p>
        <button type="button" class="button" onClick={desk.signOut}>
          <Icon name="sign-out" />
          {t('action.signOut')}
        </button>
      </div>
    </details>
  );
}
