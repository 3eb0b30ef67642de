/** The words beside an event in the curves. */
export const MARK_TEXT = {
  cut: (lane: string, block: number) => `${lane}: shortcut ${block} cut`,
  mend: (lane: string, block: number) => `${lane}: shortcut ${block} mended`,
  gain: (lane: string, block: number, gain: number) => `${lane}: gain ${block} at ${gain}`,
  cutMany: (lane: string, blocks: number) => `${lane}: ${blocks} shortcuts cut`,
  mendMany: (lane: string, blocks: number) => `${lane}: ${blocks} shortcuts mended`,
  gainMany: (lane: string, blocks: number) => `${lane}: ${blocks} gains changed`,
  drop: (by: number) => `rate ÷ ${by}`,
  branch: (lane: string) => `${lane} branched off`,
  warm: 'warm-up ends',
} as const;

/** How many shortcuts a net with these gains has. */
export function shortcutCount(gains: readonly number[]): string {
  const open = gains.filter((gain) => gain !== 0).length;
  if (open === 0) return 'none';
  return open === gains.length ? `all ${open}` : `${open} of ${gains.length}`;
}

export const BASELINE_TEXT = (answer: string) => ({ text: `always “${answer}”`, shortText: `“${answer}”` });

/** In the empty curves, before the first step. */
export const CURVES_HINT = 'Press Train: the curves grow here as the nets learn.';
