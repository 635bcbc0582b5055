import { letter, type Paint2D, paintHazard } from './canvas.ts';

const START_ANGLE = Math.PI * 0.75;
const SWEEP = Math.PI * 1.5;
const MAX_BAR = 16;
const SHOWN_BAR = 11.4;

/** The face of a pressure gauge, 0 to 16 bar. */
export function paintDial(context: Paint2D, width: number, height: number): void {
  const [x, y, radius] = [width / 2, height / 2, width / 2];
  disc(context, [x, y], radius, '#f3f2ec');
  band(context, [x, y], radius * 0.8, [12, MAX_BAR], '#c8281e');
  band(context, [x, y], radius * 0.8, [6, 12], '#3b9c4f');
  for (let bar = 0; bar <= MAX_BAR; bar += 0.5) paintTick(context, [x, y], radius, bar);
  letter(context, 'bar', { at: [x, y + radius * 0.36], sizePx: radius * 0.17, color: '#2a2c2e' });
  letter(context, 'PI-104', { at: [x, y + radius * 0.58], sizePx: radius * 0.11, color: '#55595c' });
  paintNeedle(context, [x, y], radius);
}

function angleOf(bar: number): number {
  return START_ANGLE + (SWEEP * bar) / MAX_BAR;
}

function band(context: Paint2D, at: readonly [number, number], radius: number, bars: [number, number], color: string) {
  context.strokeStyle = color;
  context.lineWidth = radius * 0.07;
  context.beginPath();
  context.arc(at[0], at[1], radius, angleOf(bars[0]), angleOf(bars[1]));
  context.stroke();
}

function paintTick(context: Paint2D, [x, y]: readonly [number, number], radius: number, bar: number): void {
  const major = bar % 2 === 0;
  const [c, s] = [Math.cos(angleOf(bar)), Math.sin(angleOf(bar))];
  const inner = radius * (major ? 0.74 : 0.8);
  context.strokeStyle = '#1d1f21';
  context.lineWidth = radius * (major ? 0.022 : 0.01);
  context.beginPath();
  context.moveTo(x + c * inner, y + s * inner);
  context.lineTo(x + c * radius * 0.88, y + s * radius * 0.88);
  context.stroke();
  if (!major) return;
  const at = [x + c * radius * 0.6, y + s * radius * 0.6] as const;
  letter(context, String(bar), { at, sizePx: radius * 0.17, color: '#1d1f21' });
}

function paintNeedle(context: Paint2D, [x, y]: readonly [number, number], radius: number): void {
  context.save();
  context.translate(x, y);
  context.rotate(angleOf(SHOWN_BAR));
  context.fillStyle = '#15171a';
  context.beginPath();
  context.moveTo(-radius * 0.2, -radius * 0.028);
  context.lineTo(radius * 0.76, 0);
  context.lineTo(-radius * 0.2, radius * 0.028);
  context.fill();
  context.restore();
  disc(context, [x, y], radius * 0.075, '#15171a');
  disc(context, [x, y], radius * 0.03, '#8b9094');
}

function disc(context: Paint2D, [x, y]: readonly [number, number], radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** The control head's display: a flow diagram and three readings. */
export function paintDisplay(context: Paint2D, width: number, height: number): void {
  const gradient = context.createLinearGradient(0, 0, 0, height);
  gradient.addColorStop(0, '#0b2a38');
  gradient.addColorStop(1, '#071a24');
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#0f4a5c';
  context.fillRect(0, 0, width, height * 0.15);
  letter(context, 'P-104  FEED PUMP', { at: [14, height * 0.08], sizePx: 22, color: '#cfeff2', align: 'left' });
  letter(context, 'RUNNING', { at: [width - 14, height * 0.08], sizePx: 20, color: '#6cf09a', align: 'right' });
  const readings = [
    ['PRESSURE', '11.4', 'bar', '#ffd166'],
    ['FLOW', '38.2', 'm³/h', '#7fe3ef'],
    ['BEARING', '67', '°C', '#7fe3ef'],
  ] as const;
  readings.forEach(([name, value, unit, color], i) => {
    const x = width * (0.17 + i * 0.33);
    letter(context, name, { at: [x, height * 0.27], sizePx: 17, color: '#7fa9b3' });
    letter(context, value, { at: [x, height * 0.42], sizePx: 50, color });
    letter(context, unit, { at: [x, height * 0.55], sizePx: 17, color: '#7fa9b3' });
  });
  paintTrend(context, width, height);
}

function paintTrend(context: Paint2D, width: number, height: number): void {
  context.strokeStyle = 'rgba(127,227,239,0.18)';
  context.lineWidth = 1;
  for (let i = 0; i <= 4; i++) {
    const y = height * (0.64 + i * 0.075);
    context.beginPath();
    context.moveTo(14, y);
    context.lineTo(width - 14, y);
    context.stroke();
  }
  context.strokeStyle = '#ffd166';
  context.lineWidth = 3;
  context.beginPath();
  for (let x = 14; x < width - 14; x += 4) {
    const t = x / width;
    const y = height * (0.86 - 0.12 * t - 0.03 * Math.sin(t * 19) - 0.015 * Math.sin(t * 53));
    if (x === 14) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}

const COLUMNS = [0.07, 0.2, 0.54, 0.66];
const COLUMN_WIDTHS = [0.12, 0.32, 0.11, 0.28];

export function paintNameplate(context: Paint2D, width: number, height: number): void {
  const metal = context.createLinearGradient(0, 0, width, height);
  metal.addColorStop(0, '#d6d8d8');
  metal.addColorStop(0.5, '#b3b7b9');
  metal.addColorStop(1, '#c9cccd');
  context.fillStyle = metal;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = '#2c3033';
  context.lineWidth = 5;
  context.strokeRect(10, 10, width - 20, height - 20);
  letter(context, 'NORDVALE PUMPS', {
    at: [width / 2, height * 0.22],
    sizePx: 44,
    color: '#16262b',
    maxWidth: width * 0.84,
  });
  const rows = [
    ['TYPE', 'FP 80-250', 'No.', '104-2217'],
    ['Q', '40 m³/h', 'H', '118 m'],
    ['P', '22 kW', 'n', '2950 1/min'],
  ] as const;
  rows.forEach((cells, i) => {
    const y = height * (0.45 + i * 0.18);
    cells.forEach((text, column) => {
      const x = width * (COLUMNS[column] ?? 0);
      letter(context, text, {
        at: [x, y],
        sizePx: 28,
        color: '#1d2225',
        align: 'left',
        weight: column % 2 ? 600 : 400,
        maxWidth: width * (COLUMN_WIDTHS[column] ?? 1),
      });
    });
  });
}

/** Two columns of circuit breakers behind the cabinet's window. */
export function paintBreakers(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#c3c7c9';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#e9ebeb';
  context.fillRect(12, 12, width - 24, height - 24);
  letter(context, 'MCC 2', { at: [width / 2, 52], sizePx: 46, color: '#22282b' });
  for (let row = 0; row < 4; row++) {
    const y = 130 + row * ((height - 250) / 4);
    context.fillStyle = '#3a3f43';
    context.fillRect(34, y, width - 68, (height - 250) / 4 - 26);
    for (let i = 0; i < 7; i++) paintBreaker(context, 46 + i * ((width - 92) / 7), y + 12, (width - 92) / 7 - 8);
  }
  context.fillStyle = '#f2c200';
  context.beginPath();
  context.moveTo(width / 2, height - 108);
  context.lineTo(width / 2 + 50, height - 24);
  context.lineTo(width / 2 - 50, height - 24);
  context.fill();
  letter(context, '⚡', { at: [width / 2, height - 50], sizePx: 44, color: '#111' });
}

function paintBreaker(context: Paint2D, x: number, y: number, width: number): void {
  context.fillStyle = '#f1f1ee';
  context.fillRect(x, y, width, 84);
  context.fillStyle = '#1b4f9c';
  context.fillRect(x + width * 0.25, y + 34, width * 0.5, 22);
  context.fillStyle = '#32363a';
  context.fillRect(x + width * 0.3, y + 10, width * 0.4, 12);
  context.fillRect(x + width * 0.2, y + 66, width * 0.6, 8);
}

export function paintHatchLabel(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#f4c20d';
  context.fillRect(0, 0, width, height);
  context.strokeStyle = '#17181a';
  context.lineWidth = 8;
  context.strokeRect(8, 8, width - 16, height - 16);
  letter(context, 'SERVICE HATCH', {
    at: [width / 2, height * 0.3],
    sizePx: 46,
    color: '#17181a',
    maxWidth: width * 0.88,
  });
  letter(context, 'Isolate valve V-12 before opening', {
    at: [width / 2, height * 0.56],
    sizePx: 26,
    color: '#17181a',
    maxWidth: width * 0.88,
  });
  letter(context, '4 × M10   24 Nm', { at: [width / 2, height * 0.77], sizePx: 30, color: '#17181a' });
}

export function paintStripes(context: Paint2D, width: number, height: number): void {
  paintHazard(context, [0, 0, width, height]);
}
