import { bytesOf, type RaceSnapshot } from '../../core/results/snapshot.ts';

const MILLISECONDS_BETWEEN = 5000;

/** Average write rate to the disk that autosave may reach: 2 MB a second. */
const BYTES_A_MILLISECOND = 2000;

/** Throttles autosave: decides which snapshots of the race are sent to the page. */
export class Copies {
  #told: RaceSnapshot;
  #next = performance.now() + MILLISECONDS_BETWEEN;

  /** `told` is the snapshot that the race was created from. */
  constructor(told: RaceSnapshot) {
    this.#told = told;
  }

  /** Whether to send this snapshot now. The last one of a training is always sent, unless it was sent before. */
  isDue(copy: RaceSnapshot, last: boolean): boolean {
    const now = performance.now();
    if (copy === this.#told || copy.size === 0 || (!last && now < this.#next)) return false;
    this.#told = copy;
    this.#next = now + Math.max(MILLISECONDS_BETWEEN, bytesOf(copy) / BYTES_A_MILLISECOND);
    return true;
  }
}
