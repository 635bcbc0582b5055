import * as v from 'valibot';
import type { MediaState } from '../domain/call/state.ts';

/** What this tab keeps of a visit, for a reload: gone with the tab, and once the call is over. */
export interface Visit {
  readonly token: string;
  readonly stage: 'lobby' | 'call';
  /** Empty for somebody who came with their account. */
  readonly name: string;
  readonly media: Pick<MediaState, 'audio' | 'video'>;
}

export interface VisitMemory {
  /** Null where none is kept, and of another link. */
  read(token: string): Visit | null;
  write(visit: Visit): void;
  forget(): void;
}

const KEY = 'sightline.visit';

const visitSchema = v.object({
  token: v.string(),
  stage: v.picklist(['lobby', 'call']),
  name: v.string(),
  media: v.object({ audio: v.boolean(), video: v.picklist(['off', 'camera', 'screen']) }),
});

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** In a storage of the browser, also where the browser refuses storage: then a reload asks for everything again. */
export function createVisitMemory(storage: () => TextStorage): VisitMemory {
  return {
    read(token) {
      const parsed = v.safeParse(
        visitSchema,
        attempt(() => JSON.parse(storage().getItem(KEY) ?? 'null') as unknown),
      );
      return parsed.success && parsed.output.token === token ? parsed.output : null;
    },
    write: (visit) => void attempt(() => storage().setItem(KEY, JSON.stringify(visit))),
    forget: () => void attempt(() => storage().removeItem(KEY)),
  };
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
