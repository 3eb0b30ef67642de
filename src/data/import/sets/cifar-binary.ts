import { sentence } from '../../../language/sentence.ts';
import { CIFAR10_CLASSES, CIFAR10_FILES, decodeCifarRecords, linesOf } from '../../sources/cifar10.ts';
import type { Labelled } from './imported-dataset.ts';
import { plainName } from './paths.ts';

/** The files of the two CIFAR archives, what each is part of, and how its records are labelled. */
const KINDS = {
  'CIFAR-10': {
    train: CIFAR10_FILES.train,
    test: [CIFAR10_FILES.test],
    names: CIFAR10_FILES.names,
    classes: CIFAR10_CLASSES.length,
    labelBytes: 1,
  },
  'CIFAR-100': {
    train: ['train.bin'],
    test: ['test.bin'],
    names: 'fine_label_names.txt',
    classes: 100,
    // The coarse one of twenty, then the fine one.
    labelBytes: 2,
  },
} as const;

/** A CIFAR data set, as its archive is called. */
export type CifarKind = keyof typeof KINDS;

/** The CIFAR archive that a file name belongs to, and its name there; null if none. Copies count: `train (1).bin`. */
export function cifarFile(file: string): { readonly kind: CifarKind; readonly name: string } | null {
  const name = plainName(file);
  for (const kind of ['CIFAR-10', 'CIFAR-100'] as const) {
    const { train, test, names } = KINDS[kind];
    if ([...train, ...test, names].includes(name)) return { kind, name };
  }
  return null;
}

/** The parts of a CIFAR archive that have been read. */
export class CifarParts {
  readonly kind: CifarKind;
  readonly #parts = new Map<string, Labelled>();
  #classes: readonly string[] | null = null;

  constructor(kind: CifarKind) {
    this.kind = kind;
  }

  /** Takes in one of its files. Throws a `DataError` that names it. */
  add(name: string, bytes: Uint8Array): void {
    const { names, classes, labelBytes } = KINDS[this.kind];
    if (name === names) this.#classes = linesOf(bytes);
    else this.#parts.set(name, decodeCifarRecords(bytes, name, classes, sentence('data.cifar.archive'), labelBytes));
  }

  get count(): number {
    return this.#parts.size;
  }

  /** Names of the files that are not there. */
  get missing(): readonly string[] {
    const { train, test } = KINDS[this.kind];
    return [...train, ...test].filter((name) => !this.#parts.has(name));
  }

  get classes(): readonly string[] {
    const { classes } = KINDS[this.kind];
    if (this.#classes?.length === classes) return this.#classes;
    return this.kind === 'CIFAR-10' ? CIFAR10_CLASSES : Array.from({ length: classes }, (_, label) => `class ${label}`);
  }

  /** In the archive's order, in whatever order they came. */
  side(of: 'train' | 'test'): readonly Labelled[] {
    return KINDS[this.kind][of].flatMap((name) => this.#parts.get(name) ?? []);
  }
}
