import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPageWakes } from '../../../src/client/connection/wakes.ts';

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const browser = new EventTarget();

beforeEach(() => {
  vi.stubGlobal('window', browser);
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a page', () => {
  it('wakes when it is online, and when it is seen again, until nobody cares any more', () => {
    const wake = vi.fn();
    const stop = watchPageWakes(wake);
    browser.dispatchEvent(new Event('online'));
    expect(wake).toHaveBeenCalledTimes(1);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(2);
    stop();
    browser.dispatchEvent(new Event('online'));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(2);
  });
});
