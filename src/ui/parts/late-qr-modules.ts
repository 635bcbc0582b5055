import type { QrModules } from './qr-modules.ts';

/** A link is made seldom, so its picture is fetched only then. Null: what draws it could not be fetched. */
export const lateQrModules = (text: string): Promise<QrModules | null> =>
  import('./qr-modules.ts').then(
    ({ qrModules }) => qrModules(text),
    () => null,
  );
