import { ICON_UNITS, type IconName, iconPath } from '../icons.ts';

/** Always beside a name, or inside a control that has one. `size` is in pixels of 16 px text, and grows with the text. */
export const Icon = ({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) => (
  <Outline path={iconPath(name)} size={size} />
);

/** @param path as `iconPath` and `outlineOf` give it */
export function Outline({ path, size = 20 }: { readonly path: string; readonly size?: number }) {
  const length = `${size / 16}rem`;
  return (
    <svg class="icon" width={length} height={length} viewBox={`0 0 ${ICON_UNITS} ${ICON_UNITS}`} aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}
