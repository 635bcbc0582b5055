import { type Clock, systemClock } from './clock.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { HubHooks, HubMethod, SignalRServerOptions } from './options.ts';
import { createRegistry, type HubMember, type Registry } from './registry.ts';

/** What the connections of one server share. */
export interface HubRuntime<Context> {
  readonly limits: Limits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly detailedErrors: boolean;
  readonly hooks: HubHooks<Context>;
  readonly methods: ReadonlyMap<string, HubMethod<Context>>;
  readonly aside: ReadonlySet<string>;
  readonly unknownMethod: HubMethod<Context> | undefined;
  readonly tooLarge: HubMethod<Context> | undefined;
  readonly registry: Registry<HubMember<Context>>;
}

export function createRuntime<Context>(options: SignalRServerOptions<Context>): HubRuntime<Context> {
  const { methods, limits, clock = systemClock, logger = silentLogger, detailedErrors = false } = options;
  return {
    limits: { ...DEFAULT_LIMITS, ...limits },
    clock,
    logger,
    detailedErrors,
    hooks: options,
    // A map, so that a client cannot call what every object inherits.
    methods: new Map(Object.entries(methods)),
    aside: options.aside ?? new Set(),
    unknownMethod: options.unknownMethod,
    tooLarge: options.tooLarge,
    registry: createRegistry(),
  };
}
