import { useEffect, useRef } from 'preact/hooks';
import { authorStyle } from '../../ui/overlay/author-style.ts';
import { createOverlayPainter } from '../../ui/overlay/overlay-painter.ts';
import { useTexts } from '../join-texts.ts';
import type { JoinCall } from './join-call.ts';
import type { Still } from './stills.ts';

/** The frozen picture with the marks on it. */
export function StillView({ call, still }: { readonly call: JoinCall; readonly still: Still }) {
  const { t } = useTexts();
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const { width, height } = still.picture;
  const state = call.session.state.value;
  const name = state.participants[still.from]?.name ?? '';
  useEffect(() => {
    picture.current?.getContext('2d', { alpha: false })?.drawImage(still.picture, 0, 0);
  }, [still.picture]);
  useEffect(() => {
    const canvas = overlay.current;
    const context = canvas?.getContext('2d') ?? null;
    if (canvas === null || context === null) return;
    const ratio = canvas.width / Math.max(1, canvas.clientWidth);
    const painter = createOverlayPainter(context, {
      approximate: t('editing.approximate'),
      stale: t('editing.stale'),
      placing: t('editing.placing'),
    });
    painter.paint(
      {
        view: null,
        placed: [],
        sketches: still.marks.map(({ shape, colour, points }) => ({ shape, colour, points, look: 'draft' as const })),
        sketchStyle: authorStyle(state, still.from),
        cursor: null,
        styleOf: (author) => authorStyle(state, author),
      },
      { widthPx: canvas.width, heightPx: canvas.height },
      ratio,
    );
  }, [still, state, t]);
  return (
    <div class="still" role="img" aria-label={t('join.frozenLabel', { name })} data-marks={still.marks.length}>
      <canvas ref={picture} width={width} height={height} />
      <canvas ref={overlay} width={width} height={height} />
    </div>
  );
}
