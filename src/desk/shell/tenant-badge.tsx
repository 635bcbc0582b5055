import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SignedIn, TenantOfMe } from '../../client/types.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import { Icon } from '../../ui/parts/icon.tsx';
import { usePopover } from '../../ui/parts/use-popover.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';

/** In whose tenant this page works; who is at home in several switches here. */
export function TenantBadge({ desk, me }: { readonly desk: Desk; readonly me: SignedIn }) {
  const { t } = useTexts();
  const { root, open, toggle, close } = usePopover();
  const [asked, setAsked] = useState<TenantOfMe | null>(null);
  const company = me.tenantName;
  const where = me.isGuest ? t('tenant.guestIn', { company }) : t('tenant.memberOf', { company });
  const words = (
    <>
      <Icon name="company" />
      <span class="tenant-words">
        {me.isGuest ? <span>{t('tenant.guest')}</span> : null}
        <span class="tenant-name">{company}</span>
      </span>
    </>
  );
  const style = `tenant${me.isGuest ? ' tenant-guest' : ''}`;
  if (me.tenants.length < 2) {
    return (
      <p class={style} title={where}>
        <span class="visually-hidden">{where}</span>
        <span class="tenant-shown" aria-hidden="true">
          {words}
        </span>
      </p>
    );
  }
  const choose = (tenant: TenantOfMe): void => {
    close();
    if (desk.call.value === null) void desk.switchTenant(tenant.tid);
    else setAsked(tenant);
  };
  return (
    <div class="tenant-root" ref={root}>
      <button
        type="button"
        class={`${style} tenant-button`}
        aria-expanded={open}
        aria-label={`${where}. ${t('tenant.switch')}`}
        title={where}
        onClick={toggle}
      >
        <span class="tenant-shown">{words}</span>
        <span class="tenant-switch">
          <Icon name="switch" size={14} />
          {t('tenant.switchShort')}
        </span>
      </button>
      {open ? <TenantChoice me={me} onChoose={choose} /> : null}
      {asked === null ? null : (
        <SwitchQuestion
          company={asked.name}
          onStay={() => setAsked(null)}
          onSwitch={() => {
            setAsked(null);
            void desk.switchTenant(asked.tid);
          }}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly me: SignedIn;
  readonly onChoose: (tenant: TenantOfMe) => void;
}

function TenantChoice({ me, onChoose }: ChoiceProps) {
  const { t } = useTexts();
  const here = tidOf(me.key);
  return (
    <section class="tenant-choice" aria-label={t('tenant.switch')}>
      <h2>{t('tenant.switch')}</h2>
      <p class="quiet">{t('tenant.switchHint')}</p>
      <ul>
        {me.tenants.map((tenant) => (
          <li key={tenant.tid}>
            <button
              type="button"
              class="tenant-option"
              aria-current={tenant.tid === here ? 'true' : undefined}
              onClick={tenant.tid === here ? undefined : () => onChoose(tenant)}
            >
              <Icon name="company" />
              <span class="tenant-option-words">
                <span class="strong">{tenant.name}</span>
                <span class="quiet">{t(tenant.home ? 'tenant.asMember' : 'tenant.asGuest')}</span>
              </span>
              {tenant.tid === here ? <Icon name="check" /> : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface QuestionProps {
  readonly company: string;
  readonly onStay: () => void;
  readonly onSwitch: () => void;
}

/** A call is with people of one company: it can't come along. */
function SwitchQuestion({ company, onStay, onSwitch }: QuestionProps) {
  const { t } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="question" ref={dialog} aria-labelledby="switch-title" onClose={onStay}>
      <h2 id="switch-title">{t('tenant.endsCall', { company })}</h2>
      <p class="quiet">{t('tenant.endsCallHint')}</p>
      <div class="question-answers">
        <button type="button" class="button" onClick={onStay}>
          {t('tenant.stay')}
        </button>
        <button type="button" class="button button-danger" onClick={onSwitch}>
          {t('tenant.endAndSwitch')}
        </button>
      </div>
    </dialog>
  );
}
