import { isIn } from '../../domain/call/queries.ts';
import type { CallState, Participant, PersonKey } from '../../domain/call/state.ts';

/** Whose picture is large. */
export type MainPicture = { readonly kind: 'own' } | { readonly kind: 'other'; readonly participant: Participant };

export const OWN: MainPicture = { kind: 'own' };

/**
 * A headset's picture first, then a shared screen: they are what the call is about. Else one's own camera, which the others mark;
 * what somebody chose themselves stands above all while it is there.
 */
export function mainPicture(
  state: CallState,
  { me, showsOwn, chosen }: { readonly me: PersonKey; readonly showsOwn: boolean; readonly chosen: PersonKey | null },
): MainPicture {
  const others = Object.values(state.participants).filter((one) => one.person !== me && isIn(one));
  if (chosen === me) return OWN;
  const picked =
    others.find(({ person }) => person === chosen) ??
    others.find(({ device, media }) => device?.kind === 'headset' && media.video !== 'off') ??
    others.find(({ media }) => media.video === 'screen') ??
    (showsOwn ? undefined : (others.find(({ media }) => media.video !== 'off') ?? others.find(isOnHeadset)));
  return picked === undefined ? OWN : { kind: 'other', participant: picked };
}

const isOnHeadset = ({ device }: Participant): boolean => device?.kind === 'headset';
