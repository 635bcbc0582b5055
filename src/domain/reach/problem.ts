import type { PersonKey } from '../call/state.ts';

/** What is wrong or surprising in a policy. Each kind says how the rules decide in spite of it. */
export type PolicyProblem =
  /** `policy` keeps its segment from `other`, whose own policy or lack of one does not: denied both ways. */
  | { readonly kind: 'one-way'; readonly policy: string; readonly segment: string; readonly other: string }
  /** Governs nobody. */
  | { readonly kind: 'segment-unknown'; readonly policy: string; readonly segment: string }
  /** Matches nobody: in a block list it blocks nothing. */
  | { readonly kind: 'target-unknown'; readonly policy: string; readonly target: string }
  /** Counts as one segment. */
  | { readonly kind: 'segment-twice'; readonly segment: string }
  /** All of the active policies have to permit. */
  | { readonly kind: 'policies-several'; readonly segment: string; readonly policies: readonly string[] }
  /** Blocks all the same, and permits nobody who is governed. */
  | { readonly kind: 'block-in-multi'; readonly policy: string }
  /** Both hold: people without a segment are denied by allow policies. */
  | { readonly kind: 'legacy-in-multi' }
  /** An allow policy then permits people without a segment alone, or nobody; a block policy does nothing. */
  | { readonly kind: 'targets-missing'; readonly policy: string }
  /** An allow policy that keeps the people of its own segment from each other. */
  | { readonly kind: 'own-segment-unlisted'; readonly policy: string; readonly segment: string }
  /** No active policy governs it. */
  | { readonly kind: 'segment-ungoverned'; readonly segment: string }
  | { readonly kind: 'segment-empty'; readonly segment: string }
  /** In single mode each of their policies has to permit each segment of the other. */
  | { readonly kind: 'too-many-segments'; readonly person: PersonKey; readonly segments: readonly string[] }
  /** Reaches nobody. */
  | { readonly kind: 'guest-without-team'; readonly person: PersonKey }
  /** Too many kinds of people for a comparison: who gains and who loses is not said. */
  | { readonly kind: 'comparison-too-large' }
  /** No external access with anybody. */
  | { readonly kind: 'domain-missing' }
  /** Equals no domain. */
  | { readonly kind: 'domain-malformed'; readonly domain: string }
  /** Belongs to neither: nobody is found by it, and no list that names it lets anybody through. */
  | { readonly kind: 'domain-claimed-twice'; readonly domain: string; readonly tenants: readonly string[] };

/** `error`: against the published rules; `warning`: hardly meant; `note`: good to know. */
export type ProblemWeight = 'error' | 'warning' | 'note';

export function weightOf({ kind }: PolicyProblem): ProblemWeight {
  switch (kind) {
    case 'segment-unknown':
    case 'target-unknown':
    case 'segment-twice':
    case 'policies-several':
    case 'block-in-multi':
    case 'legacy-in-multi':
    case 'too-many-segments':
    case 'domain-malformed':
    case 'domain-claimed-twice':
      return 'error';
    case 'one-way':
    case 'targets-missing':
    case 'domain-missing':
    case 'comparison-too-large':
      return 'warning';
    case 'own-segment-unlisted':
    case 'segment-ungoverned':
    case 'segment-empty':
    case 'guest-without-team':
      return 'note';
  }
}
