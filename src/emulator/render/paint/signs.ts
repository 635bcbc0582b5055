import { letter, type Paint2D } from './canvas.ts';

export function paintLockoutSign(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#f7f7f4';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#b3201a';
  context.fillRect(0, 0, width, height * 0.34);
  letter(context, 'LOCK OUT', {
    at: [width / 2, height * 0.18],
    sizePx: height * 0.23,
    color: '#ffffff',
    maxWidth: width * 0.9,
  });
  const lines = ['Before service on P-104:', '1  Stop the pump', '2  Close valve V-12', '3  Open breaker Q4, lock it'];
  lines.forEach((text, i) => {
    const at = [width * 0.08, height * (0.45 + i * 0.145)] as const;
    const weight = i === 0 ? 700 : 500;
    const style = { at, weight, sizePx: height * 0.105, color: '#1f2224', maxWidth: width * 0.86 };
    letter(context, text, { ...style, align: 'left' });
  });
}

export function paintExtinguisherSign(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#bd1b16';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#ffffff';
  context.fillRect(width * 0.36, height * 0.34, width * 0.24, height * 0.5);
  context.fillRect(width * 0.42, height * 0.2, width * 0.12, height * 0.12);
  context.fillRect(width * 0.36, height * 0.16, width * 0.3, height * 0.06);
  context.beginPath();
  context.moveTo(width * 0.72, height * 0.45);
  context.quadraticCurveTo(width * 0.94, height * 0.6, width * 0.74, height * 0.84);
  context.quadraticCurveTo(width * 0.6, height * 0.66, width * 0.72, height * 0.45);
  context.fill();
}

export function paintDrumLabel(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#f0efe9';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#184a8b';
  context.fillRect(0, 0, width, height * 0.26);
  letter(context, 'HYDRAULIC', {
    at: [width / 2, height * 0.13],
    sizePx: height * 0.14,
    color: '#fff',
    maxWidth: width * 0.9,
  });
  letter(context, 'HLP 46', {
    at: [width / 2, height * 0.48],
    sizePx: height * 0.24,
    color: '#1c2b3a',
    maxWidth: width * 0.9,
  });
  letter(context, '208 L', { at: [width / 2, height * 0.76], sizePx: height * 0.16, color: '#1c2b3a' });
}

export function paintPipeLabel(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#1e7a3c';
  context.fillRect(0, 0, width, height);
  letter(context, 'FEED WATER →', {
    at: [width / 2, height / 2],
    sizePx: height * 0.5,
    color: '#ffffff',
    maxWidth: width * 0.9,
  });
}

/** A ring with a cross on the floor: where to stand. */
export function paintFloorMark(context: Paint2D, width: number, height: number): void {
  context.fillStyle = '#8f908d';
  context.fillRect(0, 0, width, height);
  context.strokeStyle = '#efb810';
  context.lineWidth = width * 0.07;
  context.beginPath();
  context.arc(width / 2, height / 2, width * 0.4, 0, 2 * Math.PI);
  context.stroke();
  context.lineWidth = width * 0.045;
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
  ] as const) {
    context.beginPath();
    context.moveTo(width * (0.5 - 0.22 * dx), height * (0.5 - 0.22 * dy));
    context.lineTo(width * (0.5 + 0.22 * dx), height * (0.5 + 0.22 * dy));
    context.stroke();
  }
}

/** The roll-up door behind the wearer. */
export function paintShutter(context: Paint2D, width: number, height: number): void {
  const slats = 24;
  for (let i = 0; i < slats; i++) {
    const y = (i * height) / slats;
    const slat = context.createLinearGradient(0, y, 0, y + height / slats);
    slat.addColorStop(0, '#8b9499');
    slat.addColorStop(0.25, '#b9c1c4');
    slat.addColorStop(0.85, '#9ea7ab');
    slat.addColorStop(1, '#5c6468');
    context.fillStyle = slat;
    context.fillRect(0, y, width, height / slats + 1);
  }
  context.fillStyle = '#4b5357';
  context.fillRect(0, 0, width * 0.025, height);
  context.fillRect(width * 0.975, 0, width * 0.025, height);
  context.fillStyle = '#e0b400';
  context.fillRect(width * 0.025, height * 0.965, width * 0.95, height * 0.035);
}
