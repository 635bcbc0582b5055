import { ICON_UNITS, type IconName, iconPath } from '../../icons.ts';

/** Always beside a name, so it is never said itself. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox={`0 0 ${ICON_UNITS} ${ICON_UNITS}`} aria-hidden="true" focusable="false">
      <path d={iconPath(name)} />
    </svg>
  );
}
