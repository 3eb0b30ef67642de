/** A skipped file, or a folder of skipped files, and the reason. */
export interface OddFile {
  readonly path: string;
  readonly reason: string;
}

const MOST_NAMED = 50;

/** The skipped files: the first of them by name, and the number of the others. */
export class OddFiles {
  readonly named: OddFile[] = [];
  count = 0;
  /** How many there are beside those that are named. */
  more = 0;

  /** `count` is how many they are where the path is that of a folder. */
  add(path: string, reason: string, count = 1): void {
    this.count += count;
    if (this.named.length < MOST_NAMED) this.named.push({ path, reason });
    else this.more += count;
  }

  addAll({ named, count, more }: OddFiles): void {
    const kept = named.slice(0, MOST_NAMED - this.named.length);
    this.named.push(...kept);
    this.count += count;
    this.more += more + named.length - kept.length;
  }
}
