import type { Page } from '@playwright/test';

/** What of a page's controls and words stands outside of it sideways, or is larger than its own box. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
    const isControl = (element: Element) => element.matches('button, a, summary');
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, a, summary, select, input, textarea, p, h1, h2, h3',
    )) {
      // Tables and the calendar's column of hours have a box that scrolls of their own.
      if (!element.checkVisibility() || element.closest('.visually-hidden, .table-scroll') !== null) continue;
      const { left, right, width: own } = element.getBoundingClientRect();
      const isOutside = own > 0 && (right > width + 1 || left < -1);
      // Its words need more room than it has; a pixel is rounding.
      const isTooSmall =
        isControl(element) &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2);
      if (isOutside || isTooSmall)
        found.push(`${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`);
    }
    return [...new Set(found)];
  });
