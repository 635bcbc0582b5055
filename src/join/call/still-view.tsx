import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { authorStyle } from '../../ui/overlay/author-style.ts';
import { type Box, containBox } from '../../ui/overlay/letterbox.ts';
import { createOverlayPainter } from '../../ui/overlay/overlay-painter.ts';
import { sketchOf } from '../../ui/overlay/sketch.ts';
import { useTexts } from '../join-texts.ts';
import type { JoinCall } from './join-call.ts';
import type { Still } from './stills.ts';

/** The frozen picture with the marks on it: the whole of it, whatever the shape of the screen. */
export function StillView({ call, still }: { readonly call: JoinCall; readonly still: Still }) {
  const { t } = useTexts();
  const [area, setArea] = useState<HTMLDivElement | null>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const [overlay, setOverlay] = useState<HTMLCanvasElement | null>(null);
  const { width, height } = still.picture;
  const box = useBox(area, width, height);
  const name = call.session.state.value.participants[still.from]?.name ?? '';
  useEffect(() => {
    picture.current?.getContext('2d', { alpha: false })?.drawImage(still.picture, 0, 0);
  }, [still.picture]);
  usePainting(call, still, { canvas: overlay, box });
  const place = box === null ? { display: 'none' } : placed(box);
  return (
    <div class="still" ref={setArea}>
      <div role="img" aria-label={t('join.frozenLabel', { name })} style={place}>
        <canvas ref={picture} width={width} height={height} />
        <canvas
          ref={setOverlay}
          width={Math.round((box?.widthPx ?? 0) * devicePixelRatio)}
          height={Math.round((box?.heightPx ?? 0) * devicePixelRatio)}
        />
      </div>
      <MarkList marks={still.marks} />
    </div>
  );
}

/** What is drawn, in words. Each entry carries where its tip stands, as shares of the picture's width and height. */
function MarkList({ marks }: Pick<Still, 'marks'>) {
  const { t } = useTexts();
  return (
    <div class="visually-hidden">
      <p role="status">{t('join.frozenCount', { count: marks.length })}</p>
      <ul aria-label={t('join.marks')}>
        {marks.map(({ shape, colour, points }, index) => (
          <li key={index + 1} data-u={points[0]?.[0]} data-v={points[0]?.[1]}>
            {t(`annotations.${shape}`, { colour: t(`colour.${colour}`) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

const placed = ({ leftPx, topPx, widthPx, heightPx }: Box) => ({
  left: `${leftPx}px`,
  top: `${topPx}px`,
  width: `${widthPx}px`,
  height: `${heightPx}px`,
});

/** Where the picture stands in the area: it turns with the phone. */
function useBox(area: HTMLElement | null, widthPx: number, heightPx: number): Box | null {
  const [outer, setOuter] = useState<{ readonly widthPx: number; readonly heightPx: number } | null>(null);
  useEffect(() => {
    if (area === null) return;
    const measure = (): void => setOuter({ widthPx: area.clientWidth, heightPx: area.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(area);
    return () => observer.disconnect();
  }, [area]);
  return useMemo(
    () => (outer === null ? null : containBox(outer, { widthPx, heightPx }, devicePixelRatio)),
    [outer, widthPx, heightPx],
  );
}

interface Painted {
  readonly canvas: HTMLCanvasElement | null;
  readonly box: Box | null;
}

function usePainting(call: JoinCall, still: Pick<Still, 'from' | 'marks'>, { canvas, box }: Painted): void {
  const { t } = useTexts();
  const state = call.session.state.value;
  useEffect(() => {
    const context = canvas?.getContext('2d') ?? null;
    if (canvas === null || context === null || box === null) return;
    const painter = createOverlayPainter(context, {
      approximate: t('editing.approximate'),
      stale: t('editing.stale'),
      placing: t('editing.placing'),
    });
    const scene = {
      view: null,
      placed: [],
      sketches: still.marks.map((mark) => sketchOf(mark, 'drawn')),
      sketchStyle: authorStyle(state, still.from),
      cursor: null,
      styleOf: (author: string) => authorStyle(state, author),
    };
    painter.paint(scene, { widthPx: canvas.width, heightPx: canvas.height }, devicePixelRatio);
  }, [canvas, box, still, state, t]);
}
