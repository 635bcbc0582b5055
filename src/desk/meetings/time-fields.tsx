import { useId, useMemo } from 'preact/hooks';
import { Icon } from '../../ui/parts/icon.tsx';
import { offsetName, zoneNames } from '../../ui/text/zones.ts';
import { useTexts } from '../desk-texts.ts';
import { FieldProblems } from './people-field.tsx';
import type { DraftForm } from './use-draft.ts';

interface TimeFieldsProps {
  readonly form: DraftForm;
  readonly problems: readonly string[];
}

/** When a meeting is, in the time zone of the form; clocks that change then are told. */
export function TimeFields({ form, problems }: TimeFieldsProps) {
  const { t } = useTexts();
  const { fields } = form;
  const id = useId();
  const inputs = [
    { name: 'date', label: t('form.date'), type: 'date' },
    { name: 'time', label: t('form.start'), type: 'time' },
    { name: 'durationMin', label: t('form.duration'), type: 'number' },
  ] as const;
  return (
    <div class="form-field">
      <div class="time-fields">
        {inputs.map(({ name, label, type }) => (
          <label key={name}>
            <span>{label}</span>
            <input
              class="field"
              type={type}
              {...(type === 'number' ? { min: 1, max: 1_440, step: 'any' } : {})}
              value={fields[name]}
              aria-invalid={problems.length > 0}
              aria-describedby={`${id}-wrong ${id}-zone`}
              onInput={(event) => form.set({ [name]: event.currentTarget.value })}
            />
          </label>
        ))}
        <ZoneField form={form} />
      </div>
      <TimeWords form={form} id={`${id}-zone`} />
      <FieldProblems id={`${id}-wrong`} problems={problems} />
    </div>
  );
}

/** The other side's clocks are somewhere else: a meeting can be planned by theirs. */
function ZoneField({ form }: { readonly form: DraftForm }) {
  const { t } = useTexts();
  const { zone } = form.fields;
  const names = useMemo(() => zoneNames(zone), [zone]);
  return (
    <label class="zone-field">
      <span>{t('form.zone')}</span>
      <select class="field" value={zone} onChange={(event) => form.set({ zone: event.currentTarget.value })}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  );
}

/** When it ends by these clocks, and what happens to them. */
function TimeWords({ form, id }: { readonly form: DraftForm; readonly id: string }) {
  const { t, language } = useTexts();
  const { read, fields } = form;
  const { startMs, endMs } = read.draft;
  const { zone } = fields;
  const isTime = Number.isFinite(startMs) && Number.isFinite(endMs);
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone });
  const offset = offsetName(zone, isTime ? startMs : Date.now());
  return (
    <div id={id} aria-live="polite">
      <p class="quiet">{isTime ? t('form.ends', { end: clock.format(endMs), offset }) : ''}</p>
      {read.clocks === 'exact' ? null : (
        <p class="clock-warning">
          <Icon name="warning" size={16} />
          {read.clocks === 'gap' ? t('form.gap', { time: clock.format(startMs) }) : t('form.overlap')}
        </p>
      )}
    </div>
  );
}
