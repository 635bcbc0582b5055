import type { CalendarEntry, OwnDay } from '../../client/types.ts';
import { nameList } from '../../ui/text/time.ts';
import { type DeskTexts, useTexts } from '../desk-texts.ts';
import { allDayEntries, calendarProblem } from './own-entries.ts';

interface OwnEntryProps {
  readonly own: CalendarEntry;
  /** `9:00 to 10:00`. */
  readonly when: string;
}

/** To be seen beside the meetings, and no more: there is nothing to join or to change. */
export function OwnEntryCard({ own, when }: OwnEntryProps) {
  const texts = useTexts();
  return (
    <div class="calendar-entry calendar-own" title={`${ownTitle(own, texts)}\n${when}`}>
      <span class="calendar-words">
        <span class="calendar-title">{ownTitle(own, texts)}</span>
        <span class="calendar-when">{when}</span>
      </span>
      <span class="visually-hidden">{texts.t('day.own')}</span>
    </div>
  );
}

/** What of one's own calendar has no place among the hours. */
export function OwnDayNotes({ own, date }: { readonly own: OwnDay; readonly date: string }) {
  const texts = useTexts();
  const { t, language } = texts;
  const allDay = allDayEntries(own, date);
  const problem = calendarProblem(own);
  return (
    <>
      {problem === null ? null : <p class="list-note">{t(problem)}</p>}
      {allDay.length === 0 ? null : (
        <p class="calendar-all-day">
          {t('day.allDay', {
            titles: nameList(
              allDay.map((one) => ownTitle(one, texts)),
              language,
            ),
          })}
        </p>
      )}
    </>
  );
}

const ownTitle = ({ title, isPrivate }: CalendarEntry, { t }: DeskTexts): string =>
  isPrivate ? t('day.private') : title.trim() === '' ? t('day.untitled') : title;
