import { perform } from './perform';

/**
 * How threads share work: a leader puts a job on the board, and whoever is free takes units of it until none is left.
 * It lies in the heap that they share. A unit's result does not depend on who computed it, so a result never depends
 * on how many threads there are.
 */
@unmanaged
class Board {
  /** Counts the jobs. Helpers sleep on it, so it comes first: what is slept on has no offset. */
  jobs: i32;
  /** Units that nobody has taken. Written last: who takes one finds the job complete. */
  untaken: i32;
  /** Finished units. A leader that has waited long enough sleeps on it; the thread that finishes the last unit wakes it. */
  finished: i32;
  units: i32;
  operation: i32;
  job: usize;
  /** Helpers that may take part. */
  helpers: i32;
}

/** Iterations in which a helper looks for the next job before it sleeps: tens of microseconds. */
const SPIN_ITERATIONS = 20000;

/**
 * Iterations in which the leader waits for the last units before it sleeps. Longer than any unit takes on an idle core, so
 * that it sleeps only where a helper has no core: spinning on would take the time that the helper needs.
 */
const LEADER_SPIN_ITERATIONS = 200000;

let board: Board = changetype<Board>(0);

/** Tells this thread where the board is: 64 bytes, zero at first. */
export function join(at: usize): void {
  board = changetype<Board>(at);
}

/** How many helpers may take part from the next job on. */
export function allowHelpers(count: i32): void {
  atomic.store<i32>(changetype<usize>(board), count, offsetof<Board>('helpers'));
}

/** Has all units of a job done, and returns when they are. */
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

/** What a helper does for the rest of its life; `index` counts helpers from 0. */
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
