import { perform } from './perform';

/**
 * The job queue of the thread pool, in the shared heap. It holds one job at a time: the main thread (the leader) writes
 * a job, and all threads take units of it until none is left. A unit's result does not depend on the thread that
 * computes it, so results never depend on the number of threads.
 */
@unmanaged
class Board {
  /**
   * Job sequence number. Threads `atomic.wait` on it; it must be the first field because the wait address is the
   * struct's.
   */
  jobs: i32;
  /** Units not yet taken. Written last, so that a thread that takes one sees the whole job. */
  untaken: i32;
  /**
   * Finished units. After spinning, the leader sleeps on it; the thread that finishes the last unit wakes the leader.
   */
  finished: i32;
  units: i32;
  operation: i32;
  job: usize;
  /** Number of helper threads that may take units. */
  helpers: i32;
}

/** Iterations that a helper spins for the next job before it sleeps: tens of microseconds. */
const SPIN_ITERATIONS = 20000;

/**
 * Iterations that the leader spins for the last units before it sleeps. Longer than any unit takes on an idle core, so
 * that it sleeps only where a helper has no core: spinning on would take the time that the helper needs.
 */
const LEADER_SPIN_ITERATIONS = 200000;

let board: Board = changetype<Board>(0);

/** Attaches this thread to the board at address `at`: 64 bytes, zero at first. */
export function join(at: usize): void {
  board = changetype<Board>(at);
}

/** Sets the number of helper threads that take units, from the next job on. */
export function allowHelpers(count: i32): void {
  atomic.store<i32>(changetype<usize>(board), count, offsetof<Board>('helpers'));
}

/**
 * Runs all `units` units of a job on the leader and the helpers; returns when they are finished. `job` is its address.
 */
export function share(operation: i32, job: usize, units: i32): void {
  const at = changetype<usize>(board);
  if (board.helpers == 0 || units == 1) {
    for (let unit = 0; unit < units; unit++) perform(operation, job, unit);
    return;
  }
  board.operation = operation;
  board.job = job;
  board.units = units;
  atomic.store<i32>(at, 0, offsetof<Board>('finished'));
  atomic.store<i32>(at, units, offsetof<Board>('untaken'));
  atomic.add<i32>(at, 1);
  atomic.notify(at, board.helpers);
  takeUnits();
  waitFor(units);
}

function waitFor(units: i32): void {
  const finishedAt = changetype<usize>(board) + offsetof<Board>('finished');
  let spins = LEADER_SPIN_ITERATIONS;
  for (;;) {
    const finished = atomic.load<i32>(finishedAt);
    if (finished == units) return;
    if (spins > 0) spins--;
    // Returns at once if a unit was finished since; the last one is always announced.
    else atomic.wait<i32>(finishedAt, finished);
  }
}

/** The endless loop of a helper thread; `index` counts helpers from 0. */
export function help(index: i32): void {
  const at = changetype<usize>(board);
  for (;;) {
    const jobs = atomic.load<i32>(at);
    if (index < atomic.load<i32>(at, offsetof<Board>('helpers'))) takeUnits();
    let spins = SPIN_ITERATIONS;
    while (spins > 0 && atomic.load<i32>(at) == jobs) spins--;
    if (spins == 0) atomic.wait<i32>(at, jobs);
  }
}

function takeUnits(): void {
  const at = changetype<usize>(board);
  while (atomic.load<i32>(at, offsetof<Board>('untaken')) > 0) {
    const left = atomic.sub<i32>(at, 1, offsetof<Board>('untaken'));
    if (left <= 0) return;
    const units = board.units;
    perform(board.operation, board.job, left - 1);
    const finished = 1 + atomic.add<i32>(at, 1, offsetof<Board>('finished'));
    if (finished == units) atomic.notify(at + offsetof<Board>('finished'), 1);
  }
}
