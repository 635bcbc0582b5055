import { ICON_UNITS, type IconName, iconPath } from '../../ui/icons.ts';

/** Always beside a name, or inside a control that has one. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox={`0 0 ${ICON_UNITS} ${ICON_UNITS}`} aria-hidden="true">
      <path d={iconPath(name)} fill="currentColor" />
    </svg>
  );
}
