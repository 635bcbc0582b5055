import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { LobbyMode, MeetingSettings } from '../../../src/domain/meeting/model.ts';
import { DEFAULT_MEETING_SETTINGS, LOBBY_MODES } from '../../../src/domain/meeting/model.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { DANA, EVA, FINN, OLGA, SEEDS, TID } from '../../hub/support/hub-bench.ts';

/**
 * Dana organizes the meeting and is the agent of the one-time call, Eva is a co-organizer of the meeting, Finn a member, Olga of
 * another company. Nobody knows Chris, who comes to the meeting, nor Sam and Kim, who come to the one-time call.
 */
export const CAST = ['dana', 'eva', 'finn', 'olga', 'chris', 'sam', 'kim'] as const;
export type Who = (typeof CAST)[number];

export const DOORS = ['meeting', 'call'] as const;
export type DoorName = (typeof DOORS)[number];

const COMERS: Readonly<Record<DoorName, readonly Who[]>> = {
  meeting: ['dana', 'eva', 'finn', 'olga', 'chris'],
  call: ['dana', 'finn', 'olga', 'sam', 'kim'],
};
export const comesTo = (who: Who, door: DoorName): boolean => COMERS[door].includes(who);

export const ACCOUNTS: Readonly<Partial<Record<Who, PersonKey>>> = { dana: DANA, eva: EVA, finn: FINN, olga: OLGA };
export const isAnonymous = (who: Who): boolean => ACCOUNTS[who] === undefined;
export const isOfAbc = (who: Who): boolean => who === 'dana' || who === 'eva' || who === 'finn';

/** As each of them is called on the screen. */
export const NAMES: Readonly<Record<Who, string>> = {
  dana: 'Dana Okafor',
  eva: 'Eva Lindström',
  finn: 'Finn Ångström',
  olga: 'Olga Other',
  chris: 'Chris Customer',
  sam: 'Sam Shopper',
  kim: 'Kim Client',
};

/** What the company of the meetings has decided. */
export interface HouseRules {
  /** Whether it and Olga's company trust each other. */
  readonly trust: boolean;
  readonly anonymousJoin: boolean;
  readonly anonymousCanStart: boolean;
  /** Whether organizers may choose every lobby setting; else only two, and `organization` is the default. */
  readonly allModes: boolean;
}

export const FIRST_RULES: HouseRules = { trust: false, anonymousJoin: true, anonymousCanStart: false, allModes: true };
const FEW_MODES: readonly LobbyMode[] = ['organization', 'organizer'];
export const allowedModes = ({ allModes }: HouseRules): readonly LobbyMode[] => (allModes ? LOBBY_MODES : FEW_MODES);

export function policyOf(rules: HouseRules): TenantPolicy {
  const policy = SEEDS.policies.find(({ tid }) => tid === TID);
  if (policy === undefined) throw new Error('ABC has no policy');
  const { trust, anonymousJoin, anonymousCanStart } = rules;
  const meetings: MeetingSettings = {
    ...DEFAULT_MEETING_SETTINGS,
    lobby: { default: 'organization', allowed: allowedModes(rules) },
    anonymousJoin,
    anonymousCanStart,
  };
  return { ...policy, meetings, external: { enabled: true, mode: { kind: trust ? 'open' : 'none' } } };
}
