import type { PhotoClass } from '../../core/data/photographs.ts';

const WORDNET_ID = /^n\d{8}(?!\d)/;
/** A label that is a class's index. */
export const INDEX = /^\d+$/;

/**
 * Finds the class that a label stands for: a WordNet id, also before other text ("n02085620-Chihuahua"); one of the
 * class's names, in any case, with spaces, underscores or hyphens; or its index from 0. A name that two classes share
 * stands for neither ("crane" is a bird and a machine), unless it is written as only one of them has it ("Cardigan" is a
 * dog), or is the first name of only one ("tub").
 */
export class ClassMatcher {
  readonly #count: number;
  readonly #byId = new Map<string, number>();
  /** As they are written: classes that labels themselves make may differ in no more than their spelling. */
  readonly #exact: ClassNames;
  readonly #folded: ClassNames;

  constructor(classes: readonly PhotoClass[]) {
    this.#count = classes.length;
    for (const [index, { wordNet }] of classes.entries()) if (wordNet !== null) this.#byId.set(wordNet, index);
    this.#exact = new ClassNames(classes, (name) => name);
    this.#folded = new ClassNames(classes, plain);
  }

  /** The index of the label's class; null if it stands for none. */
  match(label: string): number | null {
    const text = label.trim();
    const named = this.#named(label);
    if (named !== undefined) return named === SHARED ? null : named;
    if (INDEX.test(text)) return Number(text) < this.#count ? Number(text) : null;
    // Data sets shorten ImageNet's lists of names each in its own way.
    const [beginning = ''] = text.split(',');
    return beginning === text ? null : this.match(beginning);
  }

  /** Whether the label is a class's index, and not what a class is called: a banknote's class may be called "10". */
  isIndex(label: string): boolean {
    return INDEX.test(label.trim()) && this.#named(label) === undefined;
  }

  #named(label: string): number | undefined {
    const text = label.trim();
    return this.matchId(text) ?? this.#exact.classOf(label) ?? this.#folded.classOf(text);
  }

  /** The index of the class whose WordNet id the label begins with. Classes of one's own may be called by such ids. */
  matchId(label: string): number | null {
    const [id = ''] = WORDNET_ID.exec(label) ?? [];
    return this.#byId.get(id) ?? null;
  }

  /**
   * The classes of a table's own list of names. Where that has as many as there are classes and none is at another's
   * place, places decide, also for names that match nothing.
   */
  matchList(names: readonly string[]): readonly (number | null)[] {
    const found = names.map((name) => this.match(name));
    const agrees = names.length === this.#count && found.every((index, at) => index === null || index === at);
    return agrees ? names.map((_, at) => at) : found;
  }
}

/** Stands for several classes of one name. */
const SHARED = -1;

/** Classes by their names in one spelling. */
class ClassNames {
  readonly #spelt: (name: string) => string;
  /** By all of several names together, by the first name, and by each: an earlier map has precedence. */
  readonly #maps: readonly ReadonlyMap<string, number>[];

  constructor(classes: readonly PhotoClass[], spelt: (name: string) => string) {
    this.#spelt = spelt;
    const [whole, first, each] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
    for (const [index, { names }] of classes.entries()) {
      // A class with one name may have the first name of another.
      if (names.length > 1) add(whole, spelt(names.join(', ')), index);
      add(first, spelt(names[0] ?? ''), index);
      for (const name of names) add(each, spelt(name), index);
    }
    this.#maps = [whole, first, each];
  }

  /** The index of the class with this name, `SHARED` for several, undefined for none. */
  classOf(label: string): number | undefined {
    const name = this.#spelt(label);
    for (const map of this.#maps) {
      const found = map.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function add(names: Map<string, number>, key: string, index: number): void {
  if (key === '') return;
  const before = names.get(key);
  names.set(key, before === undefined || before === index ? index : SHARED);
}

function plain(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/**
 * The classes that labels themselves make, in the order that PyTorch's `ImageFolder` gives folders: by character code. Labels
 * that are all whole numbers are indices of classes without names.
 */
export function classesOfLabels(labels: ReadonlySet<string>): readonly PhotoClass[] {
  const all = [...labels];
  if (all.length > 0 && all.every((label) => INDEX.test(label))) {
    const count = Math.min(MOST_CLASSES, 1 + all.reduce((most, label) => Math.max(most, Number(label)), 0));
    return Array.from({ length: count }, () => ({ names: [], wordNet: null }));
  }
  return all.toSorted(byCode).map((label) => ({ names: [label], wordNet: null }));
}

/** Bounds what a stray number among the labels can ask for. */
const MOST_CLASSES = 100_000;

function byCode(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
