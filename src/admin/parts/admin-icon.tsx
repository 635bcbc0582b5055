import downloadSvg from '@fluentui/svg-icons/icons/arrow_download_24_regular.svg?raw';
import uploadSvg from '@fluentui/svg-icons/icons/arrow_upload_24_regular.svg?raw';
import trySvg from '@fluentui/svg-icons/icons/beaker_24_regular.svg?raw';
import allowsSvg from '@fluentui/svg-icons/icons/checkmark_circle_24_regular.svg?raw';
import deniesSvg from '@fluentui/svg-icons/icons/dismiss_circle_24_regular.svg?raw';
import policySvg from '@fluentui/svg-icons/icons/document_text_24_regular.svg?raw';
import auditSvg from '@fluentui/svg-icons/icons/history_24_regular.svg?raw';
import overviewSvg from '@fluentui/svg-icons/icons/table_24_regular.svg?raw';
import { outlineOf } from '../../ui/icons.ts';
import { Outline } from '../../ui/parts/icon.tsx';

/** Icons of this page alone. */
const OUTLINES = {
  download: outlineOf(downloadSvg),
  upload: outlineOf(uploadSvg),
  try: outlineOf(trySvg),
  allows: outlineOf(allowsSvg),
  denies: outlineOf(deniesSvg),
  policy: outlineOf(policySvg),
  audit: outlineOf(auditSvg),
  overview: outlineOf(overviewSvg),
} as const;
export type AdminIconName = keyof typeof OUTLINES;

export const AdminIcon = ({ name, size = 20 }: { readonly name: AdminIconName; readonly size?: number }) => (
  <Outline path={OUTLINES[name]} size={size} />
);
