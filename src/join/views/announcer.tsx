import type { Join } from '../join.ts';
import { useTexts } from '../join-texts.ts';
import { announcementOf } from '../step-words.ts';

/** There before its words change, whatever screen is shown: only then do screen readers read them out. */
export function Announcer({ join }: { readonly join: Join }) {
  const { t } = useTexts();
  const said = announcementOf(join.course.value, isAway(join), t);
  return (
    <>
      <p class="visually-hidden" role="status">
        {said?.urgent === false ? said.text : ''}
      </p>
      <p class="visually-hidden" role="alert">
        {said?.urgent === true ? said.text : ''}
      </p>
    </>
  );
}

export const isAway = ({ status }: Join): boolean => status.value === 'reconnecting' || status.value === 'connecting';
