import { visibleAnnotations } from '../../domain/call/queries.ts';
import type { Annotation } from '../../domain/call/state.ts';
import { lookInSpace, type MarkLook } from '../overlay/placed-marks.ts';
import { useCallTexts } from '../text/call-texts.ts';
import type { StageCall } from './stage-call.ts';
import type { TipReport } from './tip-report.ts';

interface AnnotationListProps {
  readonly call: StageCall;
  readonly report: TipReport | null;
}

/**
 * Everything that is drawn, in words: for whoever cannot see the overlay. Each entry carries where its tip stands in
 * the frame that the list names, as shares of the picture's width and height.
 */
export function AnnotationList({ call, report }: AnnotationListProps) {
  const { t } = useCallTexts();
  const state = call.session.state.value;
  const annotations = visibleAnnotations(state);
  const waiting = call.editing.waiting.value;
  const onStill = call.editing.onStill.value;
  return (
    <section class="annotations" aria-labelledby="annotations-title">
      <h2 id="annotations-title" class="list-title">
        {t('annotations.title')}
      </h2>
      {annotations.length + waiting.length + onStill.length === 0 ? (
        <p class="list-note">{t('annotations.empty')}</p>
      ) : null}
      <ul
        aria-labelledby="annotations-title"
        data-frame-id={report?.frameId}
        data-capture-time-ms={report?.captureTimeMs}
      >
        {annotations.map((annotation) => (
          <AnnotationItem
            key={annotation.annotationId}
            annotation={annotation}
            own={annotation.author === call.me}
            look={lookInSpace(annotation, state)}
            tip={report?.tips.get(annotation.annotationId)}
          />
        ))}
        {waiting.map(({ markId, mark }) => (
          <li key={markId} class="annotation" data-mark-id={markId}>
            <span class={`swatch swatch-${mark.colour}`} aria-hidden="true" />
            <span>{t(`annotations.${mark.shape}`, { colour: t(`colour.${mark.colour}`) })}</span>
            <span class="quiet">{t('annotations.waiting')}</span>
          </li>
        ))}
        {onStill.map((mark, index) => (
          <li
            key={`still ${index + 1}`}
            class="annotation"
            data-still-mark
            data-u={mark.points[0]?.[0]}
            data-v={mark.points[0]?.[1]}
          >
            <span class={`swatch swatch-${mark.colour}`} aria-hidden="true" />
            <span>
              {t(`annotations.${mark.shape}`, { colour: t(`colour.${mark.colour}`) })}{' '}
              <span class="quiet">{t('annotations.own')}</span>
            </span>
            <span class="quiet">{t('annotations.onPicture')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AnnotationItemProps {
  readonly annotation: Annotation;
  readonly own: boolean;
  readonly look: MarkLook;
  readonly tip: { readonly u: number; readonly v: number } | undefined;
}

function AnnotationItem({ annotation, own, look, tip }: AnnotationItemProps) {
  const { t } = useCallTexts();
  const { annotationId, colour, shape, authorName } = annotation;
  const place = { good: 'annotations.good', approximate: 'annotation.approximate', stale: 'annotation.stale' } as const;
  return (
    <li class={`annotation annotation-${look}`} data-annotation-id={annotationId} data-u={tip?.u} data-v={tip?.v}>
      <span class={`swatch swatch-${colour}`} aria-hidden="true" />
      <span>
        {t(`annotations.${shape}`, { colour: t(`colour.${colour}`) })}{' '}
        <span class="quiet">{own ? t('annotations.own') : t('annotations.by', { name: authorName })}</span>
      </span>
      <span class={look === 'good' ? 'quiet' : 'annotation-place'}>{t(place[look])}</span>
    </li>
  );
}
