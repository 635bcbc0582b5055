/** Numbers drawn so large that they survive any encoder: a row of black and white blocks, most significant bit first. */
const BITS = 16;

export function drawBarcode(context: OffscreenCanvasRenderingContext2D, number: number): void {
  const { width, height } = context.canvas;
  const block = width / BITS;
  for (let bit = 0; bit < BITS; bit += 1) {
    context.fillStyle = (number >> (BITS - 1 - bit)) & 1 ? '#fff' : '#000';
    context.fillRect(bit * block, 0, block, height / 2);
  }
}

/** Reads what `drawBarcode` drew into a picture of any size. */
export function readBarcode(context: OffscreenCanvasRenderingContext2D): number {
  const { width, height } = context.canvas;
  const row = context.getImageData(0, Math.floor(height / 4), width, 1).data;
  let number = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const middle = Math.floor((bit + 0.5) * (width / BITS));
    number = (number << 1) | ((row[4 * middle] ?? 0) > 128 ? 1 : 0);
  }
  return number;
}
