import { ChannelSumsJob, channelSumsUnit } from './channel-sums';
import { CopyChannelsJob, copyChannelsUnit } from './channels';
import { ConvJob, convUnit } from './conv';
import { DropoutJob, dropoutUnit } from './dropout';
import { FilterGradientJob, filterGradientUnit } from './filter-gradient';
import { GateGradientJob, GateJob, gateGradientUnit, gateUnit } from './gate';
import { MaxPoolJob, maxPoolUnit } from './max-pool';
import { gradientUnit, momentsUnit, NormBackwardJob, NormForwardJob, NormJob, normaliseUnit, slopesUnit } from './norm';
import { PadShortcutJob, padShortcutGradientUnit, padShortcutUnit } from './pad';
import { PoolJob, poolGradientUnit, poolUnit } from './pool';
import { ScaledSumGradientJob, ScaledSumJob, scaledSumGradientUnit, scaledSumUnit } from './scaled-sum';
import { WinogradJob, winogradUnit } from './winograd';

/** What the units of a job compute. */
export enum Operation {
  Conv,
  FilterGradient,
  Moments,
  Normalise,
  Slopes,
  Gradient,
  MaxPool,
  Winograd,
  ScaledSum,
  ScaledSumGradient,
  ChannelSums,
  Dropout,
  Gate,
  GateGradient,
  CopyChannels,
  PadShortcut,
  PadShortcutGradient,
  Pool,
  PoolGradient,
}

/** Computes one unit of a job; any thread may call it. */
function perform(operation: i32, job: usize, unit: i32): void {
  switch (operation) {
    case Operation.Conv:
      return convUnit(changetype<ConvJob>(job), unit);
    case Operation.FilterGradient:
      return filterGradientUnit(changetype<FilterGradientJob>(job), unit);
    case Operation.Moments:
      return momentsUnit(changetype<NormJob>(job), unit);
    case Operation.Normalise:
      return normaliseUnit(changetype<NormForwardJob>(job), unit);
    case Operation.Slopes:
      return slopesUnit(changetype<NormBackwardJob>(job), unit);
    case Operation.Gradient:
      return gradientUnit(changetype<NormBackwardJob>(job), unit);
    case Operation.MaxPool:
      return maxPoolUnit(changetype<MaxPoolJob>(job), unit);
    case Operation.Winograd:
      return winogradUnit(changetype<WinogradJob>(job), unit);
    case Operation.ScaledSum:
      return scaledSumUnit(changetype<ScaledSumJob>(job), unit);
    case Operation.ScaledSumGradient:
      return scaledSumGradientUnit(changetype<ScaledSumGradientJob>(job), unit);
    case Operation.ChannelSums:
      return channelSumsUnit(changetype<ChannelSumsJob>(job), unit);
    case Operation.Dropout:
      return dropoutUnit(changetype<DropoutJob>(job), unit);
    case Operation.Gate:
      return gateUnit(changetype<GateJob>(job), unit);
    case Operation.GateGradient:
      return gateGradientUnit(changetype<GateGradientJob>(job), unit);
    case Operation.CopyChannels:
      return copyChannelsUnit(changetype<CopyChannelsJob>(job), unit);
    case Operation.PadShortcut:
      return padShortcutUnit(changetype<PadShortcutJob>(job), unit);
    case Operation.PadShortcutGradient:
      return padShortcutGradientUnit(changetype<PadShortcutJob>(job), unit);
    case Operation.Pool:
      return poolUnit(changetype<PoolJob>(job), unit);
    case Operation.PoolGradient:
      return poolGradientUnit(changetype<PoolJob>(job), unit);
  }
}

/**
 * The job queue of the thread pool, in the shared heap. It holds one job at a time: the main thread writes a job, and all
 * threads take units of it until none is left. A unit's result does not depend on the thread that computes it, so results
 * never depend on the number of threads.
 */
@unmanaged
class JobQueue {
  /**
   * Job sequence number. Threads `atomic.wait` on it; it must be the first field because the wait address is the
   * struct's.
   */
  jobs: i32;
  /** Units not yet taken. Written last, so that a thread that takes one sees the whole job. */
  remaining: i32;
  /**
   * Finished units. After spinning, the main thread sleeps on it; the thread that finishes the last unit wakes it.
   */
  finished: i32;
  units: i32;
  operation: i32;
  job: usize;
  /** Number of worker threads that may take units. */
  workers: i32;
}

/** Iterations that a worker thread spins for the next job before it sleeps: tens of microseconds. */
const SPIN_ITERATIONS = 20000;

/**
 * Iterations that the main thread spins for the last units before it sleeps. Longer than any unit takes on an idle core,
 * so that it sleeps only where a worker thread has no core: spinning on would take the time that the worker needs.
 */
const MAIN_SPIN_ITERATIONS = 200000;

let queue: JobQueue = changetype<JobQueue>(0);

/** Attaches this thread to the job queue at address `at`: 128 bytes are reserved for its fields, zero at first. */
export function attach(at: usize): void {
  queue = changetype<JobQueue>(at);
}

/** Sets the number of worker threads that take units, from the next job on. */
export function setWorkerThreads(count: i32): void {
  atomic.store<i32>(changetype<usize>(queue), count, offsetof<JobQueue>('workers'));
}

/**
 * Runs all `units` units of a job on the main thread and the worker threads; returns when they are finished. `job` is its
 * address.
 */
export function runUnits(operation: i32, job: usize, units: i32): void {
  const at = changetype<usize>(queue);
  if (queue.workers == 0 || units == 1) {
    for (let unit = 0; unit < units; unit++) perform(operation, job, unit);
    return;
  }
  queue.operation = operation;
  queue.job = job;
  queue.units = units;
  atomic.store<i32>(at, 0, offsetof<JobQueue>('finished'));
  atomic.store<i32>(at, units, offsetof<JobQueue>('remaining'));
  atomic.add<i32>(at, 1);
  atomic.notify(at, queue.workers);
  takeUnits();
  waitFor(units);
}

function waitFor(units: i32): void {
  const finishedAt = changetype<usize>(queue) + offsetof<JobQueue>('finished');
  let spins = MAIN_SPIN_ITERATIONS;
  for (;;) {
    const finished = atomic.load<i32>(finishedAt);
    if (finished == units) return;
    if (spins > 0) spins--;
    // Returns at once if a unit was finished since; the last one is always announced.
    else atomic.wait<i32>(finishedAt, finished);
  }
}

/** The endless loop of a worker thread; `index` counts worker threads from 0. */
export function runWorkerThread(index: i32): void {
  const at = changetype<usize>(queue);
  for (;;) {
    const jobs = atomic.load<i32>(at);
    if (index < atomic.load<i32>(at, offsetof<JobQueue>('workers'))) takeUnits();
    let spins = SPIN_ITERATIONS;
    while (spins > 0 && atomic.load<i32>(at) == jobs) spins--;
    if (spins == 0) atomic.wait<i32>(at, jobs);
  }
}

function takeUnits(): void {
  const at = changetype<usize>(queue);
  while (atomic.load<i32>(at, offsetof<JobQueue>('remaining')) > 0) {
    const left = atomic.sub<i32>(at, 1, offsetof<JobQueue>('remaining'));
    if (left <= 0) return;
    const units = queue.units;
    perform(queue.operation, queue.job, left - 1);
    const finished = 1 + atomic.add<i32>(at, 1, offsetof<JobQueue>('finished'));
    if (finished == units) atomic.notify(at + offsetof<JobQueue>('finished'), 1);
  }
}
