import { qrModules } from './qr-modules.ts';

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** Dark on light in either scheme: some readers of phones do not take the inverse. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = qrModules(text);
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
