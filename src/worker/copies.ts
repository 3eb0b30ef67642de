import { bytesOf, type RaceSnapshot } from '../spec/snapshot.ts';

const MILLISECONDS_BETWEEN = 5000;

/** What may be written to a disk all the time: 2 MB a second. */
const BYTES_A_MILLISECOND = 2000;

/** When a copy of the race is told, so that the page can keep it: not so often that it is felt. */
export class Copies {
  #told: RaceSnapshot;
  #next = performance.now() + MILLISECONDS_BETWEEN;

  /** `told` is the one that the race was made from. */
  constructor(told: RaceSnapshot) {
    this.#told = told;
  }

  /** Whether this copy is to be told now; the last one of a training is if it is another than before. */
  isDue(copy: RaceSnapshot, last: boolean): boolean {
    const now = performance.now();
    if (copy === this.#told || copy.size === 0 || (!last && now < this.#next)) return false;
    this.#told = copy;
    this.#next = now + Math.max(MILLISECONDS_BETWEEN, bytesOf(copy) / BYTES_A_MILLISECOND);
    return true;
  }
}
