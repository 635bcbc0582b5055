import { test as base, expect } from '@playwright/test';
import { watchContext } from './watch.ts';

/** Tests whose every page is watched: faults, unhandled rejections, console errors and foreign requests fail them. */
export const test = base.extend({
  context: async ({ context }, use) => {
    const watch = watchContext(context, null);
    await use(context);
    expect(watch.problems).toEqual([]);
  },
});
