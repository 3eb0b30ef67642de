import { textWidth } from '../labels/text-width.ts';
import { tenth } from '../tenth.ts';

/** One operation of a block, as its drawing has it. */
export interface BlockPart {
  readonly id: string;
  readonly label: string;
  /** What it is drawn as: a box for a layer, a circle where paths meet. */
  readonly type: 'conv' | 'norm' | 'relu' | 'join' | 'other';
  /** What it reads; what is none of the parts is the block's input. */
  readonly inputs: readonly PartInput[];
}

/** One input of a part. */
export interface PartInput {
  readonly from: string;
  /** The factor of a shortcut; left out where there is none. */
  readonly gain?: number;
}

export interface PlacedPart extends Omit<BlockPart, 'inputs'> {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether its label stands upright, since the box is too narrow for it. */
  readonly upright: boolean;
}

export interface PlacedArrow {
  readonly path: string;
  readonly gain: number | undefined;
  /** Where the gain of a shortcut is written. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface BlockLayout {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly PlacedPart[];
  readonly arrows: readonly PlacedArrow[];
  /** The height at which the block's input comes in and its output goes out. */
  readonly axis: number;
}

/** Room for x and y at both ends. */
const END = 18;
const WIDEST = 52;
const CIRCLE = 18;
/** Room between two rows. */
const BETWEEN = 10;
const CORNER = 6;
/** Heights of boxes of the path through the layers, and of a row over it, whose labels all lie. */
const LYING = 30;
const LYING_IN_ROW = 20;
/** The least height of a box whose label stands upright. */
const UPRIGHT = 62;
/** Size of a label in CSS pixels, and the room at its two ends together. */
const LETTERS = 11;
const ROOM = 4;

interface Route {
  readonly from: number;
  readonly to: number;
  /** The parts on it, none for a bare shortcut. */
  readonly chain: readonly BlockPart[];
  readonly gain: number | undefined;
}

/**
 * Where everything of a block stands: its longest path on one axis from left to right, everything else on rows over it, as
 * shortcuts are drawn in papers. `width` is in CSS pixels.
 */
export function blockLayout(all: readonly BlockPart[], width: number): BlockLayout {
  const path = longestPath(all);
  const routes = routesOf(all, path);
  const rows = rowsOf(routes);
  const pitch = (width - 2 * END) / Math.max(1, path.length);
  const wide = Math.min(WIDEST, pitch * 0.72);
  const high = heightFor(path, wide, LYING);
  const center = (column: number) => END + pitch * (column + 0.5);
  /** Just behind a part: where paths part. */
  const behind = (column: number) => (column < 0 ? END / 2 : center(column) + pitch / 2);
  /** The most that a box of a route can be wide. */
  const roomOf = ({ from, to, chain }: Route) => (center(to) - behind(from)) / (chain.length + 1) - 8;
  const routeHeights = routes.map((route) => heightFor(route.chain, roomOf(route), LYING_IN_ROW));
  /** Height of the boxes of a row, 1 the lowest. */
  const heightOf = (row: number) => Math.max(...routeHeights.filter((_, nth) => rows[nth] === row));
  const heights = Array.from({ length: Math.max(0, ...rows) }, (_, below) => heightOf(below + 1) + BETWEEN);
  const heightUpTo = (row: number) => heights.slice(0, row).reduce((sum, each) => sum + each, 0);
  const axis = heightUpTo(heights.length) + high / 2 + 4;
  const parts: PlacedPart[] = path.map((part, column) => {
    const [w, h] = part.type === 'join' ? [CIRCLE, CIRCLE] : [wide, high];
    return boxAround(part, { x: center(column), y: axis, w, h });
  });
  const arrows: PlacedArrow[] = path.map(({ type }, column) => {
    const half = (part: BlockPart['type'] | undefined) => (part === 'join' ? CIRCLE / 2 : wide / 2);
    const from = column === 0 ? END / 2 : center(column - 1) + half(path[column - 1]?.type);
    const to = center(column) - half(type);
    return { path: `M${tenth(from)} ${axis}H${tenth(to)}`, gain: undefined, at: { x: to, y: axis } };
  });
  for (const [nth, route] of routes.entries()) {
    const { from, to, chain, gain } = route;
    const row = rows[nth] ?? 1;
    const y = axis - high / 2 - heightUpTo(row) + heightOf(row) / 2 + 2;
    const [left, right] = [behind(from), center(to)];
    const boxes = chain.map((part, index) => {
      const x = left + ((right - left) * (index + 1)) / (chain.length + 1);
      const w = part.type === 'join' ? CIRCLE : Math.min(roomOf(route), 14 + textWidth(part.label, LETTERS));
      return boxAround(part, { x, y, w, h: routeHeights[nth] ?? LYING_IN_ROW });
    });
    parts.push(...boxes);
    const top = axis - (path[to]?.type === 'join' ? CIRCLE / 2 : high / 2);
    const stops = [...boxes.map(({ x }) => x), null];
    const starts = [null, ...boxes.map(({ x, width: w }) => x + w)];
    for (const [index, stop] of stops.entries()) {
      const start = starts[index];
      const rise =
        start == null
          ? `M${tenth(left)} ${axis}V${y + CORNER}q0 ${-CORNER} ${CORNER} ${-CORNER}`
          : `M${tenth(start)} ${y}`;
      const end =
        stop === null ? `H${tenth(right - CORNER)}q${CORNER} 0 ${CORNER} ${CORNER}V${top}` : `H${tenth(stop)}`;
      const isLast = stop === null;
      arrows.push({
        path: rise + end,
        gain: isLast ? gain : undefined,
        at: { x: tenth((left + right) / 2), y: y - 3 },
      });
    }
  }
  const last = center(path.length - 1) + (path.at(-1)?.type === 'join' ? CIRCLE / 2 : wide / 2);
  arrows.push({ path: `M${tenth(last)} ${axis}H${tenth(width - END / 2)}`, gain: undefined, at: { x: last, y: axis } });
  return { width, height: Math.ceil(axis + high / 2 + 4), parts, arrows, axis };
}

/** Height of the boxes of a chain that are at most this wide: of the longest label that has no room lying, else `lying`. */
function heightFor(chain: readonly BlockPart[], width: number, lying: number): number {
  const upright = chain.filter((part) => !lies(part, width)).map(({ label }) => textWidth(label, LETTERS) + 2 * ROOM);
  return upright.length === 0 ? lying : Math.max(UPRIGHT, ...upright.map(Math.ceil));
}

function lies({ label, type }: Pick<BlockPart, 'label' | 'type'>, width: number): boolean {
  return type === 'join' || textWidth(label, LETTERS) + ROOM <= width;
}

function boxAround(
  { id, label, type }: BlockPart,
  { x, y, w, h }: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
): PlacedPart {
  const upright = !lies({ label, type }, w);
  return { id, label, type, x: tenth(x - w / 2), y: tenth(y - h / 2), width: tenth(w), height: h, upright };
}

/** The longest way from the block's input to its last part. */
function longestPath(parts: readonly BlockPart[]): readonly BlockPart[] {
  const lengths = new Map<string, number>();
  const before = new Map<string, BlockPart | undefined>();
  const byId = new Map(parts.map((part) => [part.id, part]));
  for (const part of parts) {
    const length = ({ from }: PartInput) => lengths.get(from) ?? 0;
    const longest = part.inputs.reduce<PartInput | undefined>(
      (best, input) => (best === undefined || length(input) > length(best) ? input : best),
      undefined,
    );
    lengths.set(part.id, 1 + (longest === undefined ? 0 : length(longest)));
    before.set(part.id, longest && byId.get(longest.from));
  }
  const path: BlockPart[] = [];
  for (let part = parts.at(-1); part !== undefined; part = before.get(part.id)) path.unshift(part);
  return path;
}

/** The row of each route, 1 the lowest: short ones lie under long ones, and those that overlap are on rows of their own. */
function rowsOf(routes: readonly Route[]): readonly number[] {
  const rows = routes.map(() => 0);
  const order = [...routes.entries()].sort(([, a], [, b]) => a.to - a.from - (b.to - b.from));
  for (const [nth, { from, to }] of order) {
    const taken = order.flatMap(([other, route]) => (route.from < to && from < route.to ? [rows[other]] : []));
    let row = 1;
    while (taken.includes(row)) row += 1;
    rows[nth] = row;
  }
  return rows;
}

/** What leaves the longest path, or skips a part of it. */
function routesOf(all: readonly BlockPart[], path: readonly BlockPart[]): readonly Route[] {
  const byId = new Map(all.map((part) => [part.id, part]));
  const column = new Map(path.map(({ id }, index) => [id, index]));
  const columnOf = (id: string) => column.get(id) ?? -1;
  return path.flatMap(({ inputs }, to) =>
    inputs.flatMap(({ from, gain }): Route[] => {
      if (columnOf(from) === to - 1 && (to > 0 || !byId.has(from))) return [];
      const chain: BlockPart[] = [];
      let source = from;
      for (let next = byId.get(source); next !== undefined && !column.has(source); next = byId.get(source)) {
        chain.unshift(next);
        source = next.inputs[0]?.from ?? '';
      }
      return [{ from: columnOf(source), to, chain, gain }];
    }),
  );
}
