export type AdminCommand =
  | { readonly kind: 'grant' | 'revoke'; readonly who: string; readonly tenant: string | undefined }
  | { readonly kind: 'list'; readonly tenant: string | undefined };

export type ArgumentsResult =
  | { readonly ok: true; readonly command: AdminCommand }
  | { readonly ok: false; readonly reason: string };

export const USAGE = `npm run admin -- grant MAIL [--tenant NAME]    makes somebody an administrator of their company
npm run admin -- revoke MAIL [--tenant NAME]   takes that back
npm run admin -- list [--tenant NAME]          lists who was made one here

MAIL is an address, or tid:oid where an address has several accounts. NAME is a company's name, domain or GUID; without
it the address's domain says which one. Administrators by the app role RemoteAssist.Admin are not listed and need no grant.
`;

/** Reads what stands behind `npm run admin --`. Never throws. */
export function parseArguments(argv: readonly string[]): ArgumentsResult {
  const at = argv.indexOf('--tenant');
  const tenant = at === -1 ? undefined : argv[at + 1];
  if (at !== -1 && tenant === undefined) return { ok: false, reason: '--tenant needs a name' };
  const [kind, who, ...more] = at === -1 ? argv : [...argv.slice(0, at), ...argv.slice(at + 2)];
  const strange = [kind, who, ...more].find((word) => word?.startsWith('-'));
  if (strange !== undefined) return { ok: false, reason: `${strange} is not an option` };
  switch (kind) {
    case 'list':
      return who === undefined
        ? { ok: true, command: { kind, tenant } }
        : { ok: false, reason: `list takes no ${who}` };
    case 'grant':
    case 'revoke':
      if (who === undefined) return { ok: false, reason: `${kind} needs an e-mail address` };
      if (more.length > 0) return { ok: false, reason: `${kind} takes one address` };
      return { ok: true, command: { kind, who, tenant } };
    default:
      return { ok: false, reason: kind === undefined ? 'what to do is missing' : `${kind} is nothing it can do` };
  }
}
