/** What the headset page's address may ask for. */
export interface AddressOptions {
  /** Null: no emulated headset; else how it is to be. */
  readonly emulate: 'fine' | 'light' | null;
  readonly planesOnly: boolean;
  readonly relayOnly: boolean;
}

/** `/?emulate`, `/?emulate=light&planes&relayOnly`. What counts away from a demo is the page's decision. */
export function readAddress(search: string): AddressOptions {
  const query = new URLSearchParams(search);
  const emulate = query.get('emulate');
  return {
    emulate: emulate === null ? null : emulate === 'light' ? 'light' : 'fine',
    planesOnly: query.has('planes'),
    relayOnly: query.has('relayOnly'),
  };
}
