import type { errors, interactionPolicy, Provider } from 'oidc-provider';

export interface LoadedLibrary {
  readonly Provider: typeof Provider;
  readonly errors: typeof errors;
  readonly interactionPolicy: typeof interactionPolicy;
}

const RUNTIME_WARNING = 'Unsupported runtime';

/**
 * Loads oidc-provider only where there is a demo. On Node 20 it prints that it wants a newer one: that line alone is
 * held back, because our tests run the whole sign-in on Node 20 and whoever starts the demo can do nothing about it.
 */
export async function loadProviderLibrary(): Promise<LoadedLibrary> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes(RUNTIME_WARNING)) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
