import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import type { Account, ReachWorld } from '../../domain/reach/model.ts';
import type { EndingCall } from '../../protocol/admin-api/answers.ts';
import { plainAccount } from '../directory/directory.ts';
import { leaversOf } from '../reach/call-guard.ts';
import type { AdminContext } from './administrator.ts';
import type { Viewer } from './viewer.ts';

export interface Proposed {
  /** Whose calls are looked at: those with somebody of this tenant. */
  readonly tid: string;
  readonly world: ReachWorld;
  /** People who change with it. */
  readonly accounts: readonly Account[];
}

/** The calls out of which the hub would take somebody, if this were the world. */
export async function endingCalls(
  { hub, directory }: Pick<AdminContext, 'hub' | 'directory'>,
  viewer: Viewer,
  { tid, world, accounts }: Proposed,
): Promise<readonly EndingCall[]> {
  const changed = new Map(accounts.map((account) => [account.key, account]));
  const accountOf = async (key: PersonKey): Promise<Account> =>
    changed.get(key) ??
    (await directory.person(key))?.account ?? {
      ...plainAccount({ key, tid: tidOf(key), kind: 'internal', mail: '' }),
      hidden: true,
    };
  const ending: EndingCall[] = [];
  for (const call of hub.log.open.all()) {
    if (!call.order.some((key) => tidOf(key) === tid)) continue;
    const leaving = [...leaversOf(world, await Promise.all(call.order.map(accountOf)), call).keys()];
    if (leaving.length === 0) continue;
    ending.push({
      kind: call.state.kind,
      people: await viewer.everyone(call.order),
      leaving: await viewer.everyone(leaving),
    });
  }
  return ending;
}
