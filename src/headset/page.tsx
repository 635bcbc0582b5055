import type { ReadonlySignal } from '@preact/signals-core';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { iconPath } from '../ui/icons.ts';
import { PanelsView } from '../ui/panels/dom/panels-view.tsx';
import type { HeadsetTexts } from '../ui/panels/view.ts';
import { detailsWords } from '../ui/parts/refusal-details.tsx';
import type { Headset } from './headset.ts';

interface HeadsetPageOptions {
  readonly headset: Headset;
  readonly texts: HeadsetTexts;
  /** The element that plays the picture of the others; the room's slate shows the same one. */
  readonly video: HTMLVideoElement;
  readonly demo: ReadonlySignal<boolean>;
}

/** The page before mixed reality, and without it: the same panels, and the others' picture during a call. */
export function HeadsetPage({ headset, texts, video, demo }: HeadsetPageOptions) {
  const { t } = texts;
  const panels = headset.panels.value;
  const inCall = headset.call.value !== null;
  return (
    <div class={inCall ? 'page page-call' : 'page'}>
      <header class="page-head">
        <span class="brand">
          <Mark />
          <h1>{t('product.name')}</h1>
        </span>
        {demo.value && <span class="demo-badge">{t('product.demo')}</span>}
      </header>
      <main class="page-main">
        {inCall && <Stage headset={headset} texts={texts} video={video} />}
        <PanelsView panels={panels} send={headset.send} words={detailsWords(t)} />
      </main>
    </div>
  );
}

type StageOptions = Pick<HeadsetPageOptions, 'headset' | 'texts' | 'video'>;

function Stage({ headset, texts, video }: StageOptions) {
  const { t } = texts;
  const frame = useRef<HTMLDivElement>(null);
  const picture = headset.call.value?.picture.value ?? null;
  const people = headset.call.value?.session.state.value.participants ?? {};
  const person = picture === null ? undefined : people[picture.person];
  const name = person?.name ?? '';
  useLayoutEffect(() => {
    frame.current?.prepend(video);
    return () => video.remove();
  }, [video]);
  video.setAttribute(
    'aria-label',
    person?.media.video === 'screen' ? t('call.screen', { name }) : t('call.video', { name }),
  );
  video.hidden = picture === null;
  return (
    <section class="stage" aria-label={t('call.stage')}>
      <div class="stage-frame" ref={frame}>
        {picture === null && <p class="stage-empty">{t('call.noPicture')}</p>}
      </div>
      {person !== undefined && <p class="stage-name">{name}</p>}
    </section>
  );
}

/** The product's sign: an eye on a line of sight. */
function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconPath('glasses')} />
    </svg>
  );
}
