import type { MeetingSettings } from '../domain/meeting/model.ts';
import { nameList } from '../ui/text/time.ts';
import type { AdminTexts } from './admin-texts.ts';

/** One thing that a company has decided about its meetings, in words. */
export interface SettingLine {
  readonly name: string;
  readonly value: string;
}

/** All of them, always in this order. */
export function settingLines({ t, language }: AdminTexts, settings: MeetingSettings): readonly SettingLine[] {
  const { lobby, anonymousJoin, anonymousCanStart, headsetMayAdmit, oneTimeLinkHours: hours } = settings;
  const allowed = lobby.allowed.map((mode) => t(`lobbyMode.${mode}`));
  return [
    { name: t('meetingSettings.lobby'), value: t(`lobbyMode.${lobby.default}`) },
    { name: t('meetingSettings.allowed'), value: nameList(allowed, language) },
    {
      name: t('meetingSettings.anonymousJoin'),
      value: t(anonymousJoin ? 'meetingSettings.anonymousJoinYes' : 'meetingSettings.anonymousJoinNo'),
    },
    {
      name: t('meetingSettings.anonymousCanStart'),
      value: t(anonymousCanStart ? 'meetingSettings.anonymousCanStartYes' : 'meetingSettings.anonymousCanStartNo'),
    },
    {
      name: t('meetingSettings.headset'),
      value: t(headsetMayAdmit ? 'meetingSettings.headsetYes' : 'meetingSettings.headsetNo'),
    },
    {
      name: t('meetingSettings.link'),
      value: hours === 1 ? t('meetingSettings.linkHour') : t('meetingSettings.linkHours', { hours }),
    },
  ];
}

export interface SettingChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Those whose words change. */
export function settingChanges(
  texts: AdminTexts,
  before: MeetingSettings,
  after: MeetingSettings,
): readonly SettingChange[] {
  const then = settingLines(texts, after);
  return settingLines(texts, before).flatMap(({ name, value }, index) => {
    const changed = then[index]?.value ?? value;
    return changed === value ? [] : [{ name, before: value, after: changed }];
  });
}
