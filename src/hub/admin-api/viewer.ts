import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import type { ReachWorld, RuleStep } from '../../domain/reach/model.ts';
import type { PolicyProblem } from '../../domain/reach/problem.ts';
import { weightOf } from '../../domain/reach/problem.ts';
import type { AdminStep, MeetingNamed, PolicyRemark, Someone } from '../../protocol/admin-api/answers.ts';
import type { Directory } from '../directory/directory.ts';
import type { MeetingBook } from '../meetings/book.ts';
import { stepsFor } from '../reach/audit-steps.ts';
import type { AuditStep, PolicyAuthor } from '../store/reach-store.ts';

/**
 * Turns keys and rules into what the administrators of one tenant may see: their own people by name, everybody else by the
 * company alone.
 */
export interface Viewer {
  someone(key: PersonKey): Promise<Someone>;
  everyone(keys: readonly PersonKey[]): Promise<readonly Someone[]>;
  author(by: PolicyAuthor): Promise<Someone>;
  /** One of the tenant's meetings; null where it is not known any more. */
  meeting(meetingId: string): Promise<MeetingNamed | null>;
  /** Rules as they were decided, all tenants' among them. */
  decided(steps: readonly RuleStep[]): Promise<readonly AdminStep[]>;
  /** Rules as the audit keeps them for this tenant. */
  audited(steps: readonly AuditStep[]): Promise<readonly AdminStep[]>;
  remark(problem: PolicyProblem): Promise<PolicyRemark>;
}

export interface ViewerOptions {
  readonly tid: string;
  readonly directory: Pick<Directory, 'person'>;
  readonly world: () => ReachWorld;
  readonly meetings: Pick<MeetingBook, 'find'>;
}

export function createViewer({ tid, directory, world, meetings }: ViewerOptions): Viewer {
  const companyOf = (of: string): string | null => world().tenant(of)?.name ?? null;

  const someone = async (key: PersonKey): Promise<Someone> => {
    if (isAnonymous(key)) return { kind: 'anonymous' };
    if (tidOf(key) !== tid) return { kind: 'outsider', company: companyOf(tidOf(key)) };
    const person = await directory.person(key);
    return person === null ? { kind: 'gone' } : { kind: 'person', key, name: person.name, mail: person.mail };
  };
  const everyone = (keys: readonly PersonKey[]): Promise<readonly Someone[]> => Promise.all(keys.map(someone));
  const side = (key: PersonKey | null): Promise<Someone | null> =>
    key === null ? Promise.resolve(null) : someone(key);
  const audited = (steps: readonly AuditStep[]): Promise<readonly AdminStep[]> =>
    Promise.all(
      steps.map(async ({ tid: of, from, to, ...step }) => ({
        ...step,
        company: companyOf(of) ?? '',
        own: of === tid,
        from: await side(from),
        to: await side(to),
      })),
    );
  return {
    someone,
    everyone,
    async author(by) {
      if (by === 'file' || by === 'configuration' || by === 'console') return { kind: 'hub', by };
      return someone(by);
    },
    async meeting(meetingId) {
      const found = await meetings.find({ tid, meetingId });
      // A meeting is found by its id alone: another company's is not told.
      if (found === null || found.meeting.tid !== tid) return null;
      const { title, startMs, organizer } = found.meeting;
      return { title: found.isOurs ? title : '', startMs, organizer: await someone(organizer) };
    },
    decided: (steps) => audited(stepsFor(tid, steps, world())),
    audited,
    async remark(problem) {
      const { kind, ...about } = problem;
      const names = await Promise.all(
        Object.entries(about).map(async ([name, value]): Promise<[string, string]> => {
          if (name === 'person') return [name, mailOf(await someone(String(value)))];
          if (name === 'tenants') return [name, ''];
          return [name, Array.isArray(value) ? value.join(', ') : String(value)];
        }),
      );
      return { kind, weight: weightOf(problem), names: Object.fromEntries(names) };
    },
  };
}

const mailOf = (someone: Someone): string => (someone.kind === 'person' ? someone.mail : '');
