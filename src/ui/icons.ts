import bellSvg from '@fluentui/svg-icons/icons/alert_24_regular.svg?raw';
import retrySvg from '@fluentui/svg-icons/icons/arrow_clockwise_24_regular.svg?raw';
import downloadSvg from '@fluentui/svg-icons/icons/arrow_download_24_regular.svg?raw';
import switchSvg from '@fluentui/svg-icons/icons/arrow_swap_24_regular.svg?raw';
import syncSvg from '@fluentui/svg-icons/icons/arrow_sync_24_regular.svg?raw';
import undoSvg from '@fluentui/svg-icons/icons/arrow_undo_24_regular.svg?raw';
import arrowSvg from '@fluentui/svg-icons/icons/arrow_up_left_24_regular.svg?raw';
import backspaceSvg from '@fluentui/svg-icons/icons/backspace_24_regular.svg?raw';
import companySvg from '@fluentui/svg-icons/icons/building_24_regular.svg?raw';
import meetingSvg from '@fluentui/svg-icons/icons/calendar_ltr_24_regular.svg?raw';
import callSvg from '@fluentui/svg-icons/icons/call_24_regular.svg?raw';
import ignoreSvg from '@fluentui/svg-icons/icons/call_dismiss_24_regular.svg?raw';
import endCallSvg from '@fluentui/svg-icons/icons/call_end_24_regular.svg?raw';
import incomingSvg from '@fluentui/svg-icons/icons/call_inbound_24_regular.svg?raw';
import missedSvg from '@fluentui/svg-icons/icons/call_missed_24_regular.svg?raw';
import outgoingSvg from '@fluentui/svg-icons/icons/call_outbound_24_regular.svg?raw';
import cameraSvg from '@fluentui/svg-icons/icons/camera_24_regular.svg?raw';
import checkSvg from '@fluentui/svg-icons/icons/checkmark_24_regular.svg?raw';
import previousSvg from '@fluentui/svg-icons/icons/chevron_left_24_regular.svg?raw';
import nextSvg from '@fluentui/svg-icons/icons/chevron_right_24_regular.svg?raw';
import coloursSvg from '@fluentui/svg-icons/icons/color_24_regular.svg?raw';
import copySvg from '@fluentui/svg-icons/icons/copy_24_regular.svg?raw';
import deskSvg from '@fluentui/svg-icons/icons/desktop_24_regular.svg?raw';
import closeSvg from '@fluentui/svg-icons/icons/dismiss_24_regular.svg?raw';
import editSvg from '@fluentui/svg-icons/icons/edit_24_regular.svg?raw';
import editOffSvg from '@fluentui/svg-icons/icons/edit_off_24_regular.svg?raw';
import eraseAllSvg from '@fluentui/svg-icons/icons/eraser_24_regular.svg?raw';
import glassesSvg from '@fluentui/svg-icons/icons/glasses_24_regular.svg?raw';
import infoSvg from '@fluentui/svg-icons/icons/info_24_regular.svg?raw';
import inkSvg from '@fluentui/svg-icons/icons/inking_tool_24_regular.svg?raw';
import keyboardSvg from '@fluentui/svg-icons/icons/keyboard_24_regular.svg?raw';
import laptopSvg from '@fluentui/svg-icons/icons/laptop_24_regular.svg?raw';
import linkSvg from '@fluentui/svg-icons/icons/link_24_regular.svg?raw';
import micSvg from '@fluentui/svg-icons/icons/mic_24_regular.svg?raw';
import micOffSvg from '@fluentui/svg-icons/icons/mic_off_24_regular.svg?raw';
import peopleSvg from '@fluentui/svg-icons/icons/people_24_regular.svg?raw';
import personSvg from '@fluentui/svg-icons/icons/person_24_regular.svg?raw';
import personAddSvg from '@fluentui/svg-icons/icons/person_add_24_regular.svg?raw';
import pinSvg from '@fluentui/svg-icons/icons/pin_24_regular.svg?raw';
import unpinSvg from '@fluentui/svg-icons/icons/pin_off_24_regular.svg?raw';
import qrSvg from '@fluentui/svg-icons/icons/qr_code_24_regular.svg?raw';
import recordSvg from '@fluentui/svg-icons/icons/record_24_regular.svg?raw';
import searchSvg from '@fluentui/svg-icons/icons/search_24_regular.svg?raw';
import sendSvg from '@fluentui/svg-icons/icons/send_24_regular.svg?raw';
import settingsSvg from '@fluentui/svg-icons/icons/settings_24_regular.svg?raw';
import shareSvg from '@fluentui/svg-icons/icons/share_screen_start_24_regular.svg?raw';
import shareStopSvg from '@fluentui/svg-icons/icons/share_screen_stop_24_regular.svg?raw';
import adminSvg from '@fluentui/svg-icons/icons/shield_24_regular.svg?raw';
import signOutSvg from '@fluentui/svg-icons/icons/sign_out_24_regular.svg?raw';
import speakerSvg from '@fluentui/svg-icons/icons/speaker_2_24_regular.svg?raw';
import videoSvg from '@fluentui/svg-icons/icons/video_24_regular.svg?raw';
import videoOffSvg from '@fluentui/svg-icons/icons/video_off_24_regular.svg?raw';
import warningSvg from '@fluentui/svg-icons/icons/warning_24_regular.svg?raw';
import offlineSvg from '@fluentui/svg-icons/icons/wifi_off_24_regular.svg?raw';

/** Fluent UI System Icons (MIT), regular weight, 24 x 24. */
const SOURCES = {
  mic: micSvg,
  'mic-off': micOffSvg,
  video: videoSvg,
  'video-off': videoOffSvg,
  camera: cameraSvg,
  arrow: arrowSvg,
  ink: inkSvg,
  colours: coloursSvg,
  undo: undoSvg,
  'erase-all': eraseAllSvg,
  pin: pinSvg,
  unpin: unpinSvg,
  'end-call': endCallSvg,
  call: callSvg,
  search: searchSvg,
  people: peopleSvg,
  settings: settingsSvg,
  'sign-out': signOutSvg,
  previous: previousSvg,
  next: nextSvg,
  close: closeSvg,
  person: personSvg,
  'person-add': personAddSvg,
  copy: copySvg,
  admin: adminSvg,
  switch: switchSvg,
  meeting: meetingSvg,
  glasses: glassesSvg,
  warning: warningSvg,
  offline: offlineSvg,
  company: companySvg,
  missed: missedSvg,
  incoming: incomingSvg,
  outgoing: outgoingSvg,
  check: checkSvg,
  info: infoSvg,
  backspace: backspaceSvg,
  record: recordSvg,
  desk: deskSvg,
  edit: editSvg,
  laptop: laptopSvg,
  sync: syncSvg,
  retry: retrySvg,
  ignore: ignoreSvg,
  share: shareSvg,
  'share-stop': shareStopSvg,
  'edit-off': editOffSvg,
  speaker: speakerSvg,
  keyboard: keyboardSvg,
  bell: bellSvg,
  send: sendSvg,
  download: downloadSvg,
  qr: qrSvg,
  link: linkSvg,
} as const satisfies Readonly<Record<string, string>>;

export type IconName = keyof typeof SOURCES;

/** Icons are drawn in a square of this side. */
export const ICON_UNITS = 24;

/** The outline of an icon as SVG path data, for `<path d>` and for `Path2D`. */
export const iconPath = (name: IconName): string => outlineOf(SOURCES[name]);

/** The same of an icon that a single page brings along. */
export const outlineOf = (svg: string): string =>
  [...svg.matchAll(/ d="([^"]+)"/g)].map((match) => match[1] ?? '').join(' ');
