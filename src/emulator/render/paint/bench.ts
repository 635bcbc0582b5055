import { createRandom, letter, type Paint2D } from './canvas.ts';

/** A green cutting mat with a grid and a cross in its middle. */
export function paintCuttingMat(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#1f6b55';
  context.fillRect(0, 0, width, height);
  const step = width / 15;
  for (let i = 1; i * step < height; i++) {
    context.strokeStyle = i % 5 === 0 ? 'rgba(226,240,214,0.75)' : 'rgba(226,240,214,0.28)';
    context.lineWidth = i % 5 === 0 ? 2.5 : 1.2;
    context.beginPath();
    context.moveTo(step, i * step);
    context.lineTo(width - step, i * step);
    if (i * step < width) {
      context.moveTo(i * step, step);
      context.lineTo(i * step, height - step);
    }
    context.stroke();
  }
  context.strokeStyle = '#f6f3d8';
  context.lineWidth = 6;
  context.beginPath();
  context.arc(width / 2, height / 2, width * 0.12, 0, 2 * Math.PI);
  context.moveTo(width / 2 - width * 0.18, height / 2);
  context.lineTo(width / 2 + width * 0.18, height / 2);
  context.moveTo(width / 2, height / 2 - width * 0.18);
  context.lineTo(width / 2, height / 2 + width * 0.18);
  context.stroke();
}

export function paintClipboard(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#6d4526';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#f4f2ea';
  context.fillRect(width * 0.06, height * 0.07, width * 0.88, height * 0.89);
  context.fillStyle = '#8d9296';
  context.fillRect(width * 0.3, 0, width * 0.4, height * 0.09);
  letter(context, 'Inspection P-104', { at: [width / 2, height * 0.16], sizePx: height * 0.055, color: '#26323a' });
  const random = createRandom(71);
  for (let i = 0; i < 11; i++) {
    const y = height * (0.25 + i * 0.062);
    context.strokeStyle = '#4b555b';
    context.lineWidth = 1.5;
    context.strokeRect(width * 0.12, y - 7, 13, 13);
    context.fillStyle = 'rgba(40,48,54,0.55)';
    context.fillRect(width * 0.22, y - 3, width * (0.25 + random() * 0.4), 5);
    if (i > 6) continue;
    context.strokeStyle = '#1d6f3b';
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(width * 0.12 + 1, y);
    context.lineTo(width * 0.12 + 6, y + 6);
    context.lineTo(width * 0.12 + 17, y - 11);
    context.stroke();
  }
}

/** Perforated board with the outlines of tools on it. */
export function paintPegboard(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#c9b391';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'rgba(60,44,26,0.6)';
  for (let y = 16; y < height; y += 26) {
    for (let x = 16; x < width; x += 26) {
      context.beginPath();
      context.arc(x, y, 2.6, 0, 7);
      context.fill();
    }
  }
  for (let i = 0; i < 6; i++) paintSpanner(context, 70 + i * 62, 70 + i * 3, 250 - i * 26);
  paintHammer(context, 500, 80);
  for (let i = 0; i < 4; i++)
    paintScrewdriver(context, 640 + i * 52, 76, ['#c3281f', '#e0a800', '#2468b4', '#2f8f4e'][i]);
  paintPliers(context, 880, 80);
}

function paintSpanner(context: Paint2D, x: number, y: number, length: number): void {
  context.fillStyle = '#8e979d';
  context.strokeStyle = '#4a5156';
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x - 7, y + 16, 14, length - 32, 5);
  context.fill();
  context.stroke();
  for (const [cy, turn] of [
    [y + 14, -Math.PI / 2],
    [y + length - 14, Math.PI / 2],
  ] as const) {
    context.beginPath();
    context.arc(x, cy, 19, turn + 0.5, turn + 2 * Math.PI - 0.5);
    context.lineTo(x, cy);
    context.fill();
    context.stroke();
  }
}

function paintHammer(context: Paint2D, x: number, y: number): void {
  context.fillStyle = '#a8743c';
  context.fillRect(x - 8, y + 30, 16, 240);
  context.fillStyle = '#5b6469';
  context.beginPath();
  context.roundRect(x - 52, y, 92, 38, 8);
  context.fill();
}

function paintScrewdriver(context: Paint2D, x: number, y: number, color = '#c3281f'): void {
  context.fillStyle = '#9aa2a7';
  context.fillRect(x - 4, y + 90, 8, 130);
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x - 14, y, 28, 94, 10);
  context.fill();
}

function paintPliers(context: Paint2D, x: number, y: number): void {
  context.strokeStyle = '#c3281f';
  context.lineWidth = 18;
  context.lineCap = 'round';
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(x, y + 90);
    context.quadraticCurveTo(x + side * 52, y + 150, x + side * 26, y + 250);
    context.stroke();
  }
  context.fillStyle = '#7b8489';
  context.beginPath();
  context.moveTo(x - 20, y + 100);
  context.lineTo(x - 9, y);
  context.lineTo(x + 9, y);
  context.lineTo(x + 20, y + 100);
  context.fill();
}
