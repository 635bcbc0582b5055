import { encode } from 'uqr';

/** Readers need a quiet frame around the code (ISO/IEC 18004 asks for four modules). */
const BORDER = 4;

/** A QR code with its quiet frame: how many modules wide, and the dark ones as SVG path data in units of a module. */
export interface QrModules {
  readonly size: number;
  readonly path: string;
}

export function qrModules(text: string): QrModules {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  return { size, path: modulesPath(data) };
}

/** One run of dark modules of a row after the other. */
export function modulesPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        return `M${x} ${y}h${(end === -1 ? row.length : end) - x}v1H${x}z`;
      }),
    )
    .join('');
}
