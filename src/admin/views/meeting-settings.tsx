import type { MeetingSettings } from '../../domain/meeting/model.ts';
import { useTexts } from '../admin-texts.ts';
import { settingChanges, settingLines } from '../meeting-settings.ts';

/** What a company has decided about its meetings. */
export function MeetingSettingsList({ settings }: { readonly settings: MeetingSettings }) {
  return (
    <dl class="settings">
      {settingLines(useTexts(), settings).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ChangesProps {
  readonly before: MeetingSettings;
  readonly after: MeetingSettings;
}

/** Of a changed policy: what would be otherwise in meetings. */
export function MeetingSettingsChanges({ before, after }: ChangesProps) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      <h3>{t('meetingSettings.title')}</h3>
      <dl class="settings">
        {settingChanges(texts, before, after).map(({ name, before: now, after: then }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="quiet">{t('meetingSettings.now', { value: now })}</dd>
            <dd class="strong">{t('meetingSettings.then', { value: then })}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{t('meetingSettings.atOnce')}</p>
    </>
  );
}
