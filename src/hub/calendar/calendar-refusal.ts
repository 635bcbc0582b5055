import type { Refusal } from '../../domain/call/refusal.ts';
import { DirectoryError, refusalOfDirectory } from '../directory/directory-error.ts';

/** What a page is told of a calendar that did not do what it was asked. @throws what is no `DirectoryError` */
export function refusalOfCalendar(error: unknown): Refusal {
  if (!(error instanceof DirectoryError)) throw error;
  const { code } = error.failure;
  switch (code) {
    case 'sign-in-more':
      return refusalOfDirectory(error) ?? { code };
    case 'denied':
      return { code: 'calendar-denied' };
    case 'throttled':
    case 'unavailable':
      return { code: 'calendar-unavailable', detail: code };
  }
}
