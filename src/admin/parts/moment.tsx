/** A moment as people read it, and as machines do. */
export function Moment({ atMs, language }: { readonly atMs: number; readonly language: string }) {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return <time dateTime={new Date(atMs).toISOString()}>{words.format(atMs)}</time>;
}
