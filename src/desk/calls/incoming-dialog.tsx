import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CallSession } from '../../client/types.ts';
import { Avatar } from '../../ui/parts/avatar.tsx';
import { Icon } from '../../ui/parts/icon.tsx';
import { nameList } from '../../ui/text/time.ts';
import type { Desk } from '../desk.ts';
import { useTexts } from '../desk-texts.ts';
import { callerOf, othersIn } from './who.ts';

interface IncomingProps {
  readonly desk: Desk;
  readonly incoming: CallSession;
  readonly me: string;
}

export function IncomingDialog({ desk, incoming, me }: IncomingProps) {
  const { t, language } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // On the words, not on a button: whoever is typing must not answer with their next Enter.
    heading.current?.focus();
  }, [incoming]);
  const { value: state } = incoming.state;
  const caller = callerOf(state, me);
  const name = caller?.name ?? '';
  const others = othersIn(state, [me, caller?.person ?? '']);
  const busy = desk.entering.value !== null && desk.client.door.place.value === null;
  return (
    <dialog
      class="incoming"
      ref={dialog}
      aria-labelledby="incoming-title"
      onCancel={(event) => {
        event.preventDefault();
        desk.ignore(incoming);
      }}
    >
      <Avatar name={name} large />
      <h2 id="incoming-title" ref={heading} tabIndex={-1}>
        {t('incoming.title', { name })}
      </h2>
      {state.kind === 'meeting' && state.title !== '' ? (
        <p class="quiet">{t('incoming.from', { title: state.title })}</p>
      ) : null}
      {others.length === 0 ? null : <p class="quiet">{t('incoming.with', { names: nameList(others, language) })}</p>}
      <div class="incoming-answers">
        <button
          type="button"
          class="button button-accent"
          disabled={busy}
          onClick={() => void desk.answer(incoming, true)}
        >
          <Icon name="video" />
          {t('incoming.video')}
        </button>
        <button
          type="button"
          class="button button-accent-quiet"
          disabled={busy}
          onClick={() => void desk.answer(incoming, false)}
        >
          <Icon name="call" />
          {t('incoming.audio')}
        </button>
        <button type="button" class="button" onClick={() => desk.ignore(incoming)}>
          <Icon name="ignore" />
          {t('incoming.ignore')}
        </button>
      </div>
    </dialog>
  );
}
