/**
 * Choices in which the blocks of a net may differ from those of He et al. 2015. They are independent of each other; one
 * that is left out is as in that paper. What cannot be combined is refused by `choicesProblem` in
 * core/experiment/limits.ts.
 */
export interface BlockChoices {
  /** Initial weights of the convolutions in the branches; He's normal if left out. Stem and projections keep He's. */
  readonly start?: ConvStart;
  /** What normalises behind the convolutions; batch normalisation if left out. */
  readonly norm?: NormChoice;
  /** Initial shift of the norms of stem and branches; above 0 a ReLU starts nearly linear (Yang et al. 2019). */
  readonly shift?: number;
  /** Initial scale of the last norm in each branch: 0 makes a residual block start as its shortcut (Goyal et al. 2017). */
  readonly lastScale?: 0;
  /** Where norms and ReLUs are; if left out conv-norm-relu with a ReLU after the sum (He et al. 2016, figure 4a). */
  readonly order?: BlockOrder;
  /** Slope of every ReLU below zero, from 0 (left out) to 1. */
  readonly slope?: number;
  /** What the shortcut is, and how it meets the branch; if left out it is added. */
  readonly shortcut?: ShortcutChoice;
  /**
   * Share of the steps in which the last block's branch is left out; in the lth of L blocks l / L of it (Huang et al. 2016).
   */
  readonly drop?: number;
  /** 3x3 convolutions under one shortcut; two if left out (He et al. 2015, section 3.2). */
  readonly span?: 1 | 3;
  /**
   * Beside each 3x3 convolution with its norm a 1x1 convolution with a norm and, where the shape stays, a norm alone; all
   * are added before the ReLU, and can be folded into one 3x3 convolution (RepVGG; Ding et al. 2021).
   */
  readonly rep?: true;
}

/**
 * Initial weights of a convolution other than He's normal.
 * `identity`: each of the first channels passes through unchanged, plus `share` of He's normal (Zagoruyko and Komodakis 2017).
 * `orthogonal`: the filters are orthogonal to each other, of norm sqrt(2) (Saxe et al. 2013).
 * `delta-orthogonal`: an orthogonal matrix times sqrt(2) at the centre of the window, 0 elsewhere (Xiao et al. 2018).
 * `fixup`: in a net of L branches with m convolutions each, the last of a branch 0, the others He's normal times
 * L ^ (-1 / (2m - 2)); the dense layer 0 (Zhang, Dauphin, Ma 2019).
 */
export type ConvStart =
  | { readonly type: 'identity'; readonly share: number }
  | { readonly type: 'orthogonal' }
  | { readonly type: 'delta-orthogonal' }
  | { readonly type: 'fixup' };

/**
 * `none`: no normalisation; the convolutions have biases in its place. `group`: of each image over the channels of each
 * group (Wu and He 2018).
 */
export type NormChoice = { readonly type: 'none' } | { readonly type: 'group'; readonly groups: number };

/**
 * `scalar`: the branch times a number of its own, which is learned and begins at `start` (0: De and Smith 2020, SkipInit;
 * Bachlechner et al. 2020, ReZero), added to the shortcut.
 * `highway`: T * F(x) + (1 - T) * g * S(x), T the sigmoid of a 1x1 convolution of x whose bias begins at `bias` (Srivastava
 * et al. 2015).
 * `dropout`: numbers of the shortcut are dropped at random in training (He et al. 2016, table 1).
 * `concat`: branch and shortcut side by side, and a 1x1 convolution that mixes them, with norm and ReLU.
 * `dense`: each 3x3 convolution, behind its norm and ReLU, reads what all before it in its stage gave, and adds `growth`
 * channels; between the stages a 1x1 convolution halves the channels and the mean of 2x2 pixels the sides (Huang et al. 2017).
 */
export type ShortcutChoice =
  | { readonly type: 'scalar'; readonly start: number }
  | { readonly type: 'highway'; readonly bias: number }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'concat' }
  | { readonly type: 'dense'; readonly growth: number };

/** The orders of He et al. 2016, figure 4, other than the original: (e), (c), (b), (d). */
export const BLOCK_ORDERS = [
  'pre-activation',
  'relu-before-sum',
  'norm-after-sum',
  'relu-only-pre-activation',
] as const;
/** One of these orders. */
export type BlockOrder = (typeof BLOCK_ORDERS)[number];

/** The share of He's normal beside the identity, with which the page's figures were measured. */
export const USUAL_SHARE = 0.1;
/** Groups of a group norm, and a highway gate's bias, with which the page's figures were measured. */
export const USUAL_GROUPS = 4;
export const USUAL_BIAS = -2;
/** The rate of dropout on a shortcut in He et al. 2016, table 1. */
export const USUAL_RATE = 0.5;
/** Channels that a dense connection adds, with which the page's figures were measured. */
export const USUAL_GROWTH = 4;
/** 3x3 convolutions under one shortcut where a net has no choice of it. */
const USUAL_SPAN = 2;

/** The limits of the numbers among the choices. */
export const CHOICE_LIMITS = {
  share: { min: 0, max: 1 },
  shift: { min: -4, max: 4 },
  slope: { min: 0, max: 1 },
  groups: { min: 1, max: 64 },
  bias: { min: -8, max: 8 },
  drop: { min: 0, max: 0.9 },
  rate: { min: 0.01, max: 0.99 },
  scalar: { min: -2, max: 2 },
  growth: { min: 1, max: 64 },
} as const;

/** Choices from outside, which may say what is usual, too. */
export type AnyChoices = Omit<BlockChoices, 'span' | 'rep'> & {
  readonly span?: 1 | 2 | 3;
  readonly rep?: boolean;
};

/** The choices without those that say what He et al. 2015 do; undefined where none is left. */
export function withoutUsual(choices: AnyChoices): BlockChoices | undefined {
  const { start, norm, shift, lastScale, order, slope, shortcut, drop, span, rep } = choices;
  const unusual: BlockChoices = {
    ...(start && { start }),
    ...(norm && { norm }),
    ...(shift !== undefined && shift !== 0 && { shift }),
    ...(lastScale === 0 && { lastScale }),
    ...(order && { order }),
    ...(shortcut && { shortcut }),
    ...(slope !== undefined && slope !== 0 && { slope }),
    ...(drop !== undefined && drop !== 0 && { drop }),
    ...(span !== undefined && span !== USUAL_SPAN && { span }),
    ...(rep && { rep }),
  };
  return Object.keys(unusual).length === 0 ? undefined : unusual;
}

/** Whether the blocks end in sums, whose shortcuts have gains that can be changed. */
export function hasSums({ shortcut }: BlockChoices = {}): boolean {
  return shortcut?.type !== 'concat' && shortcut?.type !== 'dense';
}

/** What the choices add to a net's name, such as ", identity start, norm shift 2". Equal only if the choices are. */
export function choiceWords(choices: BlockChoices = {}): string {
  const { start, norm, shift, lastScale, order, slope, shortcut, drop, span, rep } = choices;
  const words = [
    start && startWords(start),
    norm && (norm.type === 'none' ? 'no norm' : `group norm ${norm.groups}`),
    lastScale === 0 && 'last scale 0',
    shift !== undefined && shift !== 0 && `norm shift ${shift}`,
    order && ORDER_WORDS[order],
    slope !== undefined && slope !== 0 && `slope ${slope}`,
    shortcut && shortcutWords(shortcut),
    drop !== undefined && drop !== 0 && `drop ${drop}`,
    span !== undefined && `spans of ${span}`,
    rep && 'RepVGG branches',
  ];
  return words.map((each) => (each ? `, ${each}` : '')).join('');
}

const ORDER_WORDS: Readonly<Record<BlockOrder, string>> = {
  'pre-activation': 'pre-activation',
  'relu-before-sum': 'ReLU before sum',
  'norm-after-sum': 'norm after sum',
  'relu-only-pre-activation': 'ReLU-only pre-activation',
};

function shortcutWords(shortcut: ShortcutChoice): string {
  switch (shortcut.type) {
    case 'scalar':
      return `learned scale ${shortcut.start}`;
    case 'highway':
      return `highway ${shortcut.bias}`;
    case 'dropout':
      return `shortcut dropout ${shortcut.rate}`;
    case 'concat':
      return 'concat';
    case 'dense':
      return `dense ${shortcut.growth}`;
    default:
      return shortcut satisfies never;
  }
}

function startWords(start: ConvStart): string {
  if (start.type === 'fixup') return 'Fixup start';
  if (start.type !== 'identity' || start.share === USUAL_SHARE) return `${start.type} start`;
  return `identity start + ${start.share} He`;
}
