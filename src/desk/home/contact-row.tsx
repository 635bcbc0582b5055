import type { Contact } from '../../client/types.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { relativeTime } from '../../ui/text/time.ts';
import type { Desk } from '../desk.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';

export function ContactRow({ desk, contact }: { readonly desk: Desk; readonly contact: Contact }) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = contact;
  if (contact.refusal !== null) return <UnreachableRow contact={contact} reason={t(`refusal.${contact.refusal}`)} />;
  const inCall = desk.call.value !== null;
  const blocked = inCall || desk.entering.value !== null || desk.client.status.value !== 'online';
  const ring = (withVideo: boolean) => (blocked ? undefined : () => void desk.ring(contact.key, withVideo));
  const why = inCall ? t('contacts.inCall') : undefined;
  return (
    <li class="contact">
      <Avatar name={name} presence={contact.presence} />
      <div class="contact-words">
        <p class="strong">{name}</p>
        <p class="quiet">{subtitle(contact)}</p>
      </div>
      <LastCall contact={contact} texts={texts} />
      <div class="contact-actions">
        <button
          type="button"
          class="icon-button"
          aria-label={t('contacts.videoCall', { name })}
          aria-disabled={blocked}
          title={why ?? t('contacts.videoCall', { name })}
          onClick={ring(true)}
        >
          <Icon name="video" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('contacts.audioCall', { name })}
          aria-disabled={blocked}
          title={why ?? t('contacts.audioCall', { name })}
          onClick={ring(false)}
        >
          <Icon name="call" />
        </button>
      </div>
    </li>
  );
}

/**
 * Still listed, and reached by the keyboard like the others: who was spoken with last week and is out of reach today is
 * looked for in vain otherwise.
 */
function UnreachableRow({ contact, reason }: { readonly contact: Contact; readonly reason: string }) {
  const texts = useTexts();
  const { t } = texts;
  const { name } = contact;
  return (
    <li class="contact contact-unreachable">
      <Avatar name={name} />
      <div class="contact-words">
        <p class="strong">{name}</p>
        <p class="quiet">{subtitle(contact)}</p>
        <p class="contact-reason">
          <Icon name="info" size={16} />
          {reason}
        </p>
      </div>
      <LastCall contact={contact} texts={texts} />
      <div class="contact-actions">
        {(['video', 'call'] as const).map((icon) => {
          const label = t(icon === 'video' ? 'contacts.videoCall' : 'contacts.audioCall', { name });
          return (
            <button
              key={icon}
              type="button"
              class="icon-button"
              aria-label={label}
              aria-description={reason}
              aria-disabled
              title={reason}
            >
              <Icon name={icon} />
            </button>
          );
        })}
      </div>
    </li>
  );
}

function LastCall({ contact, texts }: { readonly contact: Contact; readonly texts: DeskTexts }) {
  const { last } = contact;
  // The empty one keeps the columns of the row.
  if (last === null) return <span />;
  const when = relativeTime(last.atMs, Date.now(), texts.language);
  return (
    <p class={`contact-last${last.outcome === 'missed' ? ' missed' : ' quiet'}`}>
      <Icon
        name={last.outcome === 'missed' ? 'missed' : last.outcome === 'outgoing' ? 'outgoing' : 'incoming'}
        size={16}
      />
      {texts.t(`contacts.${last.outcome}`, { when })}
    </p>
  );
}

const subtitle = ({ jobTitle, company }: Contact): string =>
  [jobTitle, company].filter((part) => part !== '').join(' · ');
