/** Several small maps side by side, each pixel a square of `pixel` CSS pixels. */
export interface MapLayout {
  readonly columns: number;
  readonly rows: number;
  /** A map's, in pixels of its own. */
  readonly width: number;
  readonly height: number;
}

/** A picture of `count` maps in a near-square grid with a gap of one pixel between them. */
export function mapLayout(
  count: number,
  height: number,
  width: number,
  columns = Math.ceil(Math.sqrt(count)),
): MapLayout {
  return { columns, rows: Math.ceil(count / columns), width, height };
}

/** The picture's whole size, gaps included. */
export function pictureSize({ columns, rows, width, height }: MapLayout): readonly [width: number, height: number] {
  return [columns * (width + 1) - 1, rows * (height + 1) - 1];
}

/** Where a pixel of a map is in the picture. */
export function pixelAt(layout: MapLayout, map: number, row: number, column: number): readonly [x: number, y: number] {
  const { columns, width, height } = layout;
  return [(map % columns) * (width + 1) + column, Math.floor(map / columns) * (height + 1) + row];
}
