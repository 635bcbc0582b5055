import type { HeadsetTexts } from '../ui/panels/view.ts';

/** The words under a mark: whose it is, and whether its place can be trusted. */
export function markWords({ t }: HeadsetTexts, authorName: string, note: 'none' | 'approximate' | 'stale'): string {
  if (note === 'none') return authorName;
  return `${authorName} · ${t(`annotation.${note}`)}`;
}
