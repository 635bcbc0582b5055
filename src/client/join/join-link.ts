import * as v from 'valibot';
import { accept, REFUSALS, type Result, refuse } from '../../domain/call/refusal.ts';
import { JOIN_API_PATH, type KnockAnswer, type LinkLook } from '../../protocol/join-api/messages.ts';

export type { KnockAnswer, LinkLook } from '../../protocol/join-api/messages.ts';

/** The hub did not answer, or not in a way that this page understands: it passes, or the page is too old. */
export class LinkUnreachableError extends Error {
  override name = 'LinkUnreachableError';
}

/** What a join link's page asks before it has a connection. `bearer`: the access token of somebody who is signed in. */
export interface JoinLink {
  /** Changes nothing. Rejects with `LinkUnreachableError`. */
  look(bearer: string | null): Promise<Result<LinkLook>>;
  /** Rejects as `look`. @param name counts only without a sign-in */
  knock(name: string, bearer: string | null): Promise<Result<KnockAnswer>>;
}

const refusalCode = v.picklist(REFUSALS);
const lookSchema = v.object({
  company: v.nullable(v.string()),
  organizer: v.nullable(v.string()),
  closed: v.nullable(refusalCode),
  returning: v.nullable(v.object({ name: v.string() })),
});
const knockSchema = v.object({
  meetingId: v.string(),
  person: v.string(),
  name: v.string(),
  ticket: v.nullable(v.string()),
  ticketEndsMs: v.nullable(v.number()),
});
const refusedSchema = v.object({ code: refusalCode });

/** @param token of the link that the page was opened with */
export function createJoinLink(token: string, ask: typeof fetch = (...request) => fetch(...request)): JoinLink {
  async function post<T extends v.GenericSchema>(
    what: string,
    body: Readonly<Record<string, string>>,
    { bearer, schema }: { readonly bearer: string | null; readonly schema: T },
  ): Promise<Result<v.InferOutput<T>>> {
    const answer = await ask(`${JOIN_API_PATH}/${what}`, {
      method: 'POST',
      cache: 'no-store',
      // The cookie that says who somebody was.
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(body),
    }).catch(unreachable);
    const content: unknown = await answer.json().catch(unreachable);
    const parsed = v.safeParse(answer.ok ? schema : refusedSchema, content);
    if (!parsed.success) return unreachable(parsed.issues);
    return answer.ok ? accept(parsed.output) : refuse((parsed.output as v.InferOutput<typeof refusedSchema>).code);
  }
  return {
    look: (bearer) => post('look', { token }, { bearer, schema: lookSchema }),
    knock: (name, bearer) => post('knock', { token, name }, { bearer, schema: knockSchema }),
  };
}

function unreachable(cause: unknown): never {
  throw new LinkUnreachableError('the hub cannot be reached', { cause });
}

/** The token in the address of a join link, `/join/<token>`; empty where there is none. */
export const linkToken = (pathname: string): string => /^\/join\/([^/]+)\/?$/.exec(pathname)?.[1] ?? '';
