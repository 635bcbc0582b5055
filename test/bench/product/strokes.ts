import type { Locator, Page } from '@playwright/test';

const COLOURS = ['Blue', 'Gray', 'Green', 'Red', 'Yellow'] as const;
const POINTS = 24;

/** The picture on the desk, live or frozen. */
export const pictureOn = (desk: Page): Locator => desk.getByRole('application', { name: /icture of Dana/ });

export const annotationsOn = (desk: Page): Locator => desk.locator('[data-annotation-id]');

/** Freezes the picture. */
export async function startEditing(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Start editing' }).click();
  await desk.locator('[data-frozen-frame-id]').waitFor();
}

/** Freezes the picture and draws ink all over it, as many strokes of each colour; waits until all have a place. */
export async function drawStrokes(desk: Page, count: number): Promise<void> {
  await startEditing(desk);
  await desk.getByRole('button', { name: 'Ink', exact: true }).click();
  const box = await pictureOn(desk).boundingBox();
  if (box === null) throw new Error('the desk shows no picture');
  for (let i = 0; i < count; i += 1) {
    const perColour = count / COLOURS.length;
    if (i % perColour === 0) await chooseColour(desk, COLOURS[Math.floor(i / perColour)] ?? 'Red');
    const left = box.x + box.width * (0.1 + 0.17 * (i % 5));
    const top = box.y + box.height * (0.2 + 0.6 * (Math.floor(i / 5) / Math.max(1, Math.ceil(count / 5) - 1)));
    await drawWave(desk, { left, top, width: box.width * 0.12, height: box.height * 0.06 });
    await annotationsOn(desk).nth(i).waitFor();
  }
  await desk.getByRole('button', { name: 'Stop editing' }).click();
}

async function chooseColour(desk: Page, name: string): Promise<void> {
  await desk.getByRole('button', { name: /^Colors/ }).click();
  await desk.getByRole('button', { name, exact: true }).click();
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

async function drawWave(desk: Page, { left, top, width, height }: Area): Promise<void> {
  await desk.mouse.move(left, top);
  await desk.mouse.down();
  for (let i = 1; i <= POINTS; i += 1) {
    const share = i / POINTS;
    await desk.mouse.move(left + width * share, top + height * Math.sin(2 * Math.PI * share));
  }
  await desk.mouse.up();
}
