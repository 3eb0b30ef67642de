/**
 * Choices in which the blocks of a net may differ from those of He et al. 2015. They are independent of each other; one
 * that is left out is as in that paper. All of these are values at step 0: the function that a block computes of its
 * parameters stays the same.
 */
export interface BlockChoices {
  /** Initial weights of the convolutions in the branches; He's normal if left out. Stem and projections keep He's. */
  readonly start?: ConvStart;
  /** Initial scale of the last norm in each branch: 0 makes a residual block start as its shortcut (Goyal et al. 2017). */
  readonly lastScale?: 0;
  /** Initial shift of the norms of stem and branches; above 0 a ReLU starts nearly linear (Yang et al. 2019). */
  readonly shift?: number;
}

/**
 * Initial weights of a convolution other than He's normal.
 * `identity`: each of the first channels passes through unchanged, plus `share` of He's normal (Zagoruyko and Komodakis 2017).
 * `orthogonal`: the filters are orthogonal to each other, of norm sqrt(2) (Saxe et al. 2013).
 * `delta-orthogonal`: an orthogonal matrix times sqrt(2) at the centre of the window, 0 elsewhere (Xiao et al. 2018).
 */
export type ConvStart =
  | { readonly type: 'identity'; readonly share: number }
  | { readonly type: 'orthogonal' }
  | { readonly type: 'delta-orthogonal' };

/** The share of He's normal beside the identity, with which the page's figures were measured. */
export const USUAL_SHARE = 0.1;

/** The limits of the numbers among the choices. */
export const CHOICE_LIMITS = { share: { min: 0, max: 1 }, shift: { min: -4, max: 4 } } as const;

/** The choices without those that say what He et al. 2015 do; undefined where none is left. */
export function withoutUsual({ start, lastScale, shift }: BlockChoices): BlockChoices | undefined {
  const unusual: BlockChoices = {
    ...(start && { start }),
    ...(lastScale === 0 && { lastScale }),
    ...(shift !== undefined && shift !== 0 && { shift }),
  };
  return Object.keys(unusual).length === 0 ? undefined : unusual;
}

/** What the choices add to a net's name, such as ", identity start, norm shift 2". Equal only if the choices are. */
export function choiceWords({ start, lastScale, shift }: BlockChoices = {}): string {
  const words = [
    start && startWords(start),
    lastScale === 0 && 'last scale 0',
    shift !== undefined && shift !== 0 && `norm shift ${shift}`,
  ];
  return words.map((each) => (each ? `, ${each}` : '')).join('');
}

function startWords(start: ConvStart): string {
  if (start.type !== 'identity' || start.share === USUAL_SHARE) return `${start.type} start`;
  return `identity start + ${start.share} He`;
}
