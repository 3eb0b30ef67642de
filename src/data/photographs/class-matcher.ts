import type { PhotoClass } from '../../core/data/photographs.ts';

const WORDNET_ID = /^n\d{8}(?!\d)/;
/** A label that is a class's index. */
export const INDEX = /^\d+$/;

/**
 * Finds the class that a label stands for: a WordNet id, also before other text ("n02085620-Chihuahua"); one of the
 * class's names, in any case, with spaces, underscores or hyphens; or its index from 0. A name that two classes share
 * stands for neither ("crane" is a bird and a machine).
 */
export class ClassMatcher {
  readonly #count: number;
  readonly #byId = new Map<string, number>();
  /** By all names of a class together, exactly as they are written. */
  readonly #exact = new Map<string, number | null>();
  /** In any spelling, by all names of a class together, by its first name, and by each: an earlier map has precedence. */
  readonly #byName: readonly ReadonlyMap<string, number | null>[];

  constructor(classes: readonly PhotoClass[]) {
    this.#count = classes.length;
    const whole = new Map<string, number | null>();
    const first = new Map<string, number | null>();
    const each = new Map<string, number | null>();
    for (const [index, { names, wordNet }] of classes.entries()) {
      if (wordNet !== null) this.#byId.set(wordNet, index);
      const all = names.join(', ');
      add(this.#exact, all, index);
      add(whole, plain(all), index);
      add(first, plain(names[0] ?? ''), index);
      for (const name of names) add(each, plain(name), index);
    }
    this.#byName = [whole, first, each];
  }

  /** The index of the label's class; null if it stands for none. */
  match(label: string): number | null {
    const text = label.trim();
    // Classes of one's own may be called by such ids.
    const [id = ''] = WORDNET_ID.exec(text) ?? [];
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    // Classes that labels themselves make may differ in no more than their spelling.
    const exact = this.#exact.get(label);
    if (exact !== undefined) return exact;
    const name = plain(text);
    for (const names of this.#byName) {
      const found = names.get(name);
      if (found !== undefined) return found;
    }
    if (INDEX.test(text)) return Number(text) < this.#count ? Number(text) : null;
    // Data sets shorten ImageNet's lists of names each in its own way.
    const [beginning = ''] = text.split(',');
    return beginning === text ? null : this.match(beginning);
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

function add(names: Map<string, number | null>, key: string, index: number): void {
  if (key === '') return;
  const before = names.get(key);
  names.set(key, before === undefined || before === index ? index : null);
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
