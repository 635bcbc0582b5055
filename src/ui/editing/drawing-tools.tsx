import { COLOURS } from '../../domain/annotation/types.ts';
import { Icon } from '../parts/icon.tsx';
import { ToolButton } from '../parts/tool-button.tsx';
import { usePopover } from '../parts/use-popover.ts';
import { useCallTexts } from '../text/call-texts.ts';
import type { EditingSession } from './editing-session.ts';
import { KeyHelp } from './key-help.tsx';
import type { StageHand } from './stage-hand.ts';

interface DrawingToolsProps {
  readonly call: { readonly editing: EditingSession };
  readonly hand: StageHand;
  /** The picture is about to be frozen: the same button calls that off. */
  readonly isFreezing: boolean;
  /** Why nothing can be drawn now, in words. */
  readonly blockedBecause: string | null;
}

export function DrawingTools({ call, hand, isFreezing, blockedBecause }: DrawingToolsProps) {
  const { t } = useCallTexts();
  const { editing } = call;
  const isEditing = editing.frozen.value !== null;
  const tool = editing.tool.value;
  const blocked = blockedBecause !== null;
  const why = blockedBecause ?? undefined;
  return (
    <fieldset class="tools" aria-label={t('editing.tools')}>
      <ToolButton
        icon={isEditing ? 'edit-off' : 'edit'}
        label={t(isEditing ? 'editing.stop' : isFreezing ? 'editing.freezing' : 'editing.start')}
        hint={isEditing ? 'E' : (why ?? 'E')}
        tone={isEditing || isFreezing ? 'waiting' : 'accent'}
        disabled={!isEditing && !isFreezing && blocked}
        onClick={() => hand.act({ type: 'toggleEditing' })}
      />
      <ToolButton
        icon="arrow"
        label={t('tool.arrow')}
        hint={why ?? 'A'}
        pressed={isEditing && tool === 'arrow'}
        disabled={blocked}
        onClick={() => hand.act({ type: 'tool', tool: 'arrow' })}
      />
      <ToolButton
        icon="ink"
        label={t('tool.ink')}
        hint={why ?? 'I'}
        pressed={isEditing && tool === 'ink'}
        disabled={blocked}
        onClick={() => hand.act({ type: 'tool', tool: 'ink' })}
      />
      <Colours call={call} hand={hand} />
      <ToolButton
        icon="undo"
        label={t('tool.undo')}
        hint="Ctrl+Z"
        disabled={!editing.canUndo.value}
        onClick={() => hand.act({ type: 'undo' })}
      />
      <ToolButton
        icon="erase-all"
        label={t('tool.eraseAll')}
        hint="Shift+Delete"
        disabled={!editing.canErase.value}
        onClick={() => hand.act({ type: 'eraseAll' })}
      />
      <KeyHelp />
    </fieldset>
  );
}

function Colours({ call, hand }: Pick<DrawingToolsProps, 'call' | 'hand'>) {
  const { t } = useCallTexts();
  const { open, toggle, close, root } = usePopover();
  const chosen = call.editing.colour.value;
  return (
    <div class="popover-root" ref={root}>
      <ToolButton
        icon="colours"
        label={t('tool.colours')}
        hint={t(`colour.${chosen}`)}
        expanded={open}
        onClick={toggle}
      >
        <span class={`swatch swatch-${chosen}`} aria-hidden="true" />
      </ToolButton>
      {open ? (
        <fieldset class="popover colours">
          <legend class="visually-hidden">{t('tool.colours')}</legend>
          {COLOURS.map((colour, index) => (
            <button
              key={colour}
              type="button"
              class="colour"
              aria-pressed={colour === chosen}
              title={`${t(`colour.${colour}`)} (${index + 1})`}
              onClick={() => {
                hand.act({ type: 'colour', colour });
                close();
              }}
            >
              <span class={`swatch swatch-${colour}`} aria-hidden="true" />
              <span>{t(`colour.${colour}`)}</span>
              {colour === chosen ? <Icon name="check" size={16} /> : null}
            </button>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
