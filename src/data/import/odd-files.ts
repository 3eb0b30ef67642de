/** A file that could not be used, and why. */
export interface OddFile {
  readonly path: string;
  readonly reason: string;
}

const MOST_NAMED = 50;

/** The files that could not be used: how many, and the first of them by name. */
export class OddFiles {
  readonly named: OddFile[] = [];
  count = 0;

  /** `count` is how many they are where the path is that of a folder. */
  add(path: string, reason: string, count = 1): void {
    this.count += count;
    if (this.named.length < MOST_NAMED) this.named.push({ path, reason });
  }

  addAll({ named, count }: OddFiles): void {
    this.named.push(...named.slice(0, MOST_NAMED - this.named.length));
    this.count += count;
  }
}
