/** Which numbers a set's labels are, and what they stand for. */
export interface IdxClasses {
  readonly names: readonly string[];
  /** The label of the first one. */
  readonly first: number;
}

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * The sets of the MNIST family whose labels are no digits, by what their files, folders or archives are called. The names
 * are those of their authors: Xiao et al. 2017, Clanuwat et al. 2018, Cohen et al. 2017.
 */
const KNOWN: readonly (IdxClasses & { readonly told: RegExp })[] = [
  {
    told: /fashion/i,
    names: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    first: 0,
  },
  {
    told: /kmnist|kuzushiji/i,
    names: ['o お', 'ki き', 'su す', 'tsu つ', 'na な', 'ha は', 'ma ま', 'ya や', 're れ', 'wo を'],
    first: 0,
  },
  { told: /emnist-letters/i, names: CAPITALS, first: 1 },
  // Small letters that look like their capitals are one class with them.
  { told: /emnist-(balanced|bymerge)/i, names: [...DIGITS, ...CAPITALS, ...'abdefghnqrt'], first: 0 },
  {
    told: /emnist-byclass/i,
    names: [...DIGITS, ...CAPITALS, ...CAPITALS.map((letter) => letter.toLowerCase())],
    first: 0,
  },
];

/** MNIST itself, whose labels are digits. */
const DIGIT_SET = /(^|[^a-z])mnist/i;

/**
 * The classes of labels from `least` to `most`, by the names of their files and folders, of which the first that says
 * something counts; their numbers where none does.
 */
export function idxClasses(told: readonly string[], least: number, most: number): IdxClasses {
  for (const name of told) {
    const known = KNOWN.find((each) => each.told.test(name));
    if (known !== undefined && least >= known.first && most < known.first + known.names.length) return known;
    if (known === undefined && DIGIT_SET.test(name)) break;
  }
  return { names: Array.from({ length: most + 1 }, (_, label) => String(label)), first: 0 };
}
