import { describe, expect, it } from 'vitest';
import { ok, runCheck } from '../../src/diagnostics/check.ts';
import { browserVersions, paceOf, reportText } from '../../src/diagnostics/report.ts';

const HOLOLENS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; WebView/3.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/117.0.0.0 Safari/537.36 Edg/117.0.2045.60';

describe('the report of a device', () => {
  it("reads Edge's version and its engine's", () => {
    expect(browserVersions(HOLOLENS)).toEqual({ edge: '117.0.2045.60', chromium: '117.0.0.0' });
    expect(browserVersions('Mozilla/5.0 HeadlessChrome/156.0.0.0')).toEqual({ edge: null, chromium: '156.0.0.0' });
    expect(browserVersions('Mozilla/5.0 Firefox/140.0')).toEqual({ edge: null, chromium: null });
  });

  it('has one line for each check', () => {
    const text = reportText(
      [
        { id: 'browser', finding: ok('Edge 117') },
        { id: 'xr-ar', finding: { outcome: 'missing', detail: 'not supported' } },
      ],
      { userAgent: HOLOLENS, atIso: '2026-06-01T10:00:00.000Z' },
    );
    expect(text.split('\n').slice(-2)).toEqual(['ok       browser  Edge 117', 'missing  xr-ar    not supported']);
  });

  it('tells a pace by its mean and its slow frames', () => {
    const times = Array.from({ length: 61 }, (_, i) => i * 16);
    expect(paceOf(times)).toBe('62.5 per second, 95 % within 16.0 ms, 60 frames');
    expect(paceOf([5])).toBe('no frames');
  });
});

describe('a check', () => {
  it('ends with a finding when it throws', async () => {
    const finding = await runCheck({
      id: 'camera',
      kind: 'asks',
      run: async () => {
        throw new DOMException('Permission denied', 'NotAllowedError');
      },
    });
    expect(finding).toEqual({ outcome: 'failed', detail: 'NotAllowedError: Permission denied' });
  });

  it('ends with a finding when it never answers', async () => {
    const finding = await runCheck({ id: 'camera', kind: 'asks', run: () => new Promise(() => undefined) }, 10);
    expect(finding).toEqual({ outcome: 'failed', detail: 'no answer in 0.01 s' });
  });
});
