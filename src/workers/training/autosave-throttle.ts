import { type RaceSnapshot, snapshotBytes } from '../../core/results/snapshot.ts';

const MILLISECONDS_BETWEEN_SAVES = 5000;

/** Average write rate to the disk that autosave may reach: 2 MB a second. */
const BYTES_A_MILLISECOND = 2000;

/** What the page writes of each step of a net: error and loss, four bytes each, in its run and in its session. */
const CURVE_BYTES_A_STEP = 16;

/** About how many bytes are written where this snapshot is sent: its tensors, and the curves up to it. */
function savedBytes(copy: RaceSnapshot): number {
  let steps = 0;
  for (const lane of copy.values()) steps += lane.steps;
  return snapshotBytes(copy) + CURVE_BYTES_A_STEP * steps;
}

/** Throttles autosave: decides which snapshots of the race are sent to the page. */
export class AutosaveThrottle {
  #sent: RaceSnapshot;
  #next = performance.now() + MILLISECONDS_BETWEEN_SAVES;

  /** `sent` is the snapshot that the page asked to open the race from. */
  constructor(sent: RaceSnapshot) {
    this.#sent = sent;
  }

  /** Whether to send this snapshot now. The last one for a while is always sent, unless it was sent before. */
  isDue(copy: RaceSnapshot, last: boolean): boolean {
    const now = performance.now();
    if (copy === this.#sent || copy.size === 0 || (!last && now < this.#next)) return false;
    this.#sent = copy;
    this.#next = now + Math.max(MILLISECONDS_BETWEEN_SAVES, savedBytes(copy) / BYTES_A_MILLISECOND);
    return true;
  }
}
