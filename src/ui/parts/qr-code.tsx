import type { QrModules } from './qr-modules.ts';

interface QrCodeProps {
  readonly modules: QrModules;
  readonly label: string;
}

/** Dark on light in either scheme: some readers of phones do not take the inverse. */
export function QrCode({ modules: { size, path }, label }: QrCodeProps) {
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
