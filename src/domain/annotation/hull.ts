/**
 * Writes the corners of the convex hull of `count` points (x, y, x, y, …) to `out` and returns how many there are
 * (gift wrapping, Jarvis 1973: the sets here have a dozen points). `out` holds `count + 1` points at least.
 */
export function hullInto(out: Float64Array, points: Float64Array, count: number): number {
  if (count === 0) return 0;
  const start = leftmost(points, count);
  let corners = 0;
  let at = start;
  do {
    out[2 * corners] = points[2 * at] ?? 0;
    out[2 * corners + 1] = points[2 * at + 1] ?? 0;
    corners += 1;
    at = nextCorner(points, count, at);
  } while (at !== start && corners < count);
  return corners;
}

function leftmost(points: Float64Array, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i += 1) {
    const byX = (points[2 * i] ?? 0) - (points[2 * best] ?? 0);
    if (byX < 0 || (byX === 0 && (points[2 * i + 1] ?? 0) < (points[2 * best + 1] ?? 0))) best = i;
  }
  return best;
}

/** The point that has all others on one side of the line to it; of points on one line the farthest. */
function nextCorner(points: Float64Array, count: number, from: number): number {
  const [x, y] = [points[2 * from] ?? 0, points[2 * from + 1] ?? 0];
  let next = from;
  let [nx, ny] = [0, 0];
  for (let i = 0; i < count; i += 1) {
    const [dx, dy] = [(points[2 * i] ?? 0) - x, (points[2 * i + 1] ?? 0) - y];
    if (dx === 0 && dy === 0) continue;
    const turn = nx * dy - ny * dx;
    const isFarther = turn === 0 && dx * dx + dy * dy > nx * nx + ny * ny;
    if (next !== from && turn >= 0 && !isFarther) continue;
    next = i;
    [nx, ny] = [dx, dy];
  }
  return next;
}
