import type { FilePerson, FileTenant } from './schema.ts';

type Segments = FileTenant['segments'];

/** Indexes segments once, so that a large company is checked in the time it takes to read it. */
export function segmentsOf(segments: Segments): (person: Pick<FilePerson, 'mail' | 'groups'>) => readonly string[] {
  const byGroup = new Map<string, string[]>();
  const byMail = new Map<string, string[]>();
  for (const { name, groups, people } of segments) {
    for (const group of groups) addTo(byGroup, group, name);
    for (const mail of people) addTo(byMail, mail, name);
  }
  return ({ mail, groups }) => [
    ...new Set([...(byMail.get(mail) ?? []), ...groups.flatMap((group) => byGroup.get(group) ?? [])]),
  ];
}

function addTo(index: Map<string, string[]>, key: string, name: string): void {
  const names = index.get(key);
  if (names === undefined) index.set(key, [name]);
  else names.push(name);
}
