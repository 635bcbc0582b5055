const KEY = 'sightline.device';

/** This page's id: random, kept over reloads, gone with the tab. A copied tab shares it until one of both calls. */
export function pageDeviceId(storage: Pick<Storage, 'getItem' | 'setItem'>, newId: () => string): string {
  const known = storage.getItem(KEY);
  if (known !== null && /^[0-9a-f-]{36}$/.test(known)) return known;
  const id = newId();
  storage.setItem(KEY, id);
  return id;
}
