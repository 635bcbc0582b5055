import folderSvg from '@fluentui/svg-icons/icons/folder_24_regular.svg?raw';
import type { ComponentChildren } from 'preact';
import type { DeviceKind } from '../../domain/call/state.ts';
import type { MeetingRight } from '../../domain/meeting/rights.ts';
import { type IconName, iconPath, outlineOf } from '../../ui/icons.ts';
import { Icon, Outline } from '../../ui/parts/icon.tsx';
import { ToolButton } from '../../ui/parts/tool-button.tsx';
import { usePopover } from '../../ui/parts/use-popover.ts';
import { useTexts } from '../join-texts.ts';
import type { JoinCall } from './join-call.ts';
import { limitsOf, offeredTo } from './limits.ts';

interface LimitsProps {
  readonly call: JoinCall;
  readonly kind: DeviceKind;
  readonly canShareScreen: boolean;
}

/** What this person may do here, and what not: each of those greyed, with the reason. */
export function Limits({ call, kind, canShareScreen }: LimitsProps) {
  const { t } = useTexts();
  const { root, open, toggle, close } = usePopover();
  const limits = limitsOf(call.part, kind);
  if (limits.length === 0) return null;
  return (
    <div class="popover-root" ref={root}>
      <ToolButton icon="info" label={t('join.limits')} expanded={open} onClick={toggle} />
      {open ? (
        <section class="popover limits" aria-label={t('join.limits')}>
          <header class="limits-head">
            <h2>{t('join.canTitle')}</h2>
            <button type="button" class="icon-button" aria-label={t('action.close')} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <ul>
            <Can>{t('join.can.talk')}</Can>
            {offeredTo(call.part, kind, canShareScreen).map((right) => (
              <Can key={right}>{t(`join.may.${right}`)}</Can>
            ))}
          </ul>
          <h2>{t('join.limitsTitle')}</h2>
          <ul>
            {limits.map(({ right, code }) => (
              <li key={right} class="limit" aria-disabled="true">
                <Outline path={pathOf(right)} />
                <p>
                  <span class="strong">{t(`join.may.${right}`)}</span>
                  <br />
                  {t(`refusal.${code}`)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Can({ children }: { readonly children: ComponentChildren }) {
  return (
    <li class="limit limit-none">
      <Icon name="check" />
      <p>{children}</p>
    </li>
  );
}

const ICONS: Readonly<Record<Exclude<MeetingRight, 'storageFiles'>, IconName>> = {
  annotate: 'ink',
  addPeople: 'person-add',
  roster: 'people',
  record: 'record',
  snapshotPrompt: 'camera',
  shareScreen: 'share',
  useHeadset: 'glasses',
};

const pathOf = (right: MeetingRight): string =>
  right === 'storageFiles' ? outlineOf(folderSvg) : iconPath(ICONS[right]);
