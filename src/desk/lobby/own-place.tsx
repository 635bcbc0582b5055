import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';

/** One's own waiting for somebody to let one in. */
export function OwnPlaceNotice({ desk }: { readonly desk: Desk }) {
  const { t } = useTexts();
  // Let in: the call is there before the answer that ends the wait.
  const place = desk.call.value === null ? desk.client.door.place.value : null;
  return (
    <>
      <p class="visually-hidden" role="status">
        {place === null ? '' : `${t('place.title')}. ${t('place.body')}`}
      </p>
      {place === null ? null : (
        <aside class="own-place" aria-label={t('place.title')}>
          <h2>{t('place.title')}</h2>
          <p>{t('place.body')}</p>
          <p class="quiet">{t('place.number', { number: place.number })}</p>
          <button type="button" class="button" onClick={() => void desk.client.door.leave()}>
            {t('place.leave')}
          </button>
        </aside>
      )}
    </>
  );
}
