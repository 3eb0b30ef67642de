import { ConvJob, PackFilterJob, packBlocks } from './conv';
import { FilterGradientJob, sumParts } from './filter-gradient';
import { MaxPoolJob } from './max-pool';
import { finishMoments, finishSlopes, NormBackwardJob, NormForwardJob, prepareFactors, unitsOf } from './norm';
import { SgdJob, sgdStep } from './sgd';
import { attach, Operation, runUnits, runWorkerThread, setWorkerThreads } from './thread-pool';

// What JavaScript calls. A kernel takes the address of its job, whose fields JavaScript has written: scripts/kernels
// derives their offsets from the classes. All pointers and offsets are in bytes.

export { attach, runWorkerThread, setWorkerThreads };

export function runConv(job: ConvJob): void {
  runUnits(Operation.Conv, changetype<usize>(job), job.images * job.bands * job.groups);
}

export function runPackFilter(job: PackFilterJob): void {
  packBlocks(job);
}

export function runFilterGradient(job: FilterGradientJob): void {
  runUnits(Operation.FilterGradient, changetype<usize>(job), job.chunks * job.taps);
  sumParts(job.parts, job.chunks, job.taps * job.inChannels * job.outChannels, job.result);
}

export function runMaxPool(job: MaxPoolJob): void {
  runUnits(Operation.MaxPool, changetype<usize>(job), job.images * job.outHeight);
}

export function runNormForward(job: NormForwardJob): void {
  const units = unitsOf(job);
  if (job.parts) {
    runUnits(Operation.Moments, changetype<usize>(job), units);
    finishMoments(job);
  }
  prepareFactors(job);
  runUnits(Operation.Normalise, changetype<usize>(job), units);
}

export function runNormBackward(job: NormBackwardJob): void {
  const units = unitsOf(job);
  runUnits(Operation.Slopes, changetype<usize>(job), units);
  finishSlopes(job);
  runUnits(Operation.Gradient, changetype<usize>(job), units);
}

export function runSgd(job: SgdJob): void {
  sgdStep(job);
}
