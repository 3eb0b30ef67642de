import { ChannelSumsJob, channelSumsUnits } from './channel-sums';
import { CopyChannelsJob, copyUnits } from './channels';
import { ConvJob, PackFilterJob, packBlocks } from './conv';
import { DropoutJob } from './dropout';
import { FilterGradientJob, sumParts } from './filter-gradient';
import { GateGradientJob, GateJob } from './gate';
import { finishGroupMoments, finishGroupSlopes, prepareGroupFactors } from './group-norm';
import { MaxPoolJob } from './max-pool';
import { finishMoments, finishSlopes, NormBackwardJob, NormForwardJob, prepareFactors, unitsOf } from './norm';
import { PadShortcutJob } from './pad';
import { PoolJob } from './pool';
import { finishFactor, ScaledSumGradientJob, ScaledSumJob, scaledSumUnits } from './scaled-sum';
import { SgdJob, sgdStep } from './sgd';
import { attach, Operation, runUnits, runWorkerThread, setWorkerThreads } from './thread-pool';
import { WinogradJob, winogradUnits } from './winograd';
import { transformFilter, WinogradFilterJob } from './winograd-filter';

// What JavaScript calls. A kernel takes the address of its job, whose fields JavaScript has written: scripts/kernels
// derives their offsets from the classes. All pointers and offsets are in bytes.

export { attach, runWorkerThread, setWorkerThreads };

/** Computes the convolution of a batch, or its gradient by the input. */
export function runConv(job: ConvJob): void {
  runUnits(Operation.Conv, changetype<usize>(job), job.images * job.bands * job.groups);
}

/** Computes a 3×3 convolution of stride 1, or its gradient by the input, by Winograd's algorithm. */
export function runWinograd(job: WinogradJob): void {
  runUnits(Operation.Winograd, changetype<usize>(job), winogradUnits(job));
}

/** Transforms a filter for it, on the calling thread. */
export function runWinogradFilter(job: WinogradFilterJob): void {
  transformFilter(job);
}

/** Packs a filter, on the calling thread. */
export function runPackFilter(job: PackFilterJob): void {
  packBlocks(job);
}

/** Computes the gradient by the filter: first by chunks of the batch, then their sum. */
export function runFilterGradient(job: FilterGradientJob): void {
  runUnits(Operation.FilterGradient, changetype<usize>(job), job.chunks * job.taps);
  sumParts(job.parts, job.chunks, job.taps * job.inChannels * job.outChannels, job.result);
}

/** Computes the max pooling of a batch. */
export function runMaxPool(job: MaxPoolJob): void {
  runUnits(Operation.MaxPool, changetype<usize>(job), job.images * job.outHeight);
}

/** Normalises a batch; measures its statistics first where they are not given. */
export function runNormForward(job: NormForwardJob): void {
  const units = unitsOf(job);
  if (job.parts) {
    runUnits(Operation.Moments, changetype<usize>(job), units);
    if (job.groups) finishGroupMoments(job);
    else finishMoments(job);
  }
  if (job.groups) prepareGroupFactors(job);
  else prepareFactors(job);
  runUnits(Operation.Normalise, changetype<usize>(job), units);
}

/** Computes the gradients of a normalisation by its input, scale, shift and shortcut. */
export function runNormBackward(job: NormBackwardJob): void {
  const units = unitsOf(job);
  if (job.groups) {
    // The statistics of groups are not kept from the forward pass.
    runUnits(Operation.Moments, changetype<usize>(job), units);
    finishGroupMoments(job);
  }
  runUnits(Operation.Slopes, changetype<usize>(job), units);
  if (job.groups) finishGroupSlopes(job);
  else finishSlopes(job);
  runUnits(Operation.Gradient, changetype<usize>(job), units);
}

/** Computes a sum with a factor, a shortcut and a ReLU, each optional. */
export function runScaledSum(job: ScaledSumJob): void {
  runUnits(Operation.ScaledSum, changetype<usize>(job), scaledSumUnits(job.size, job.unitSize));
}

/** Computes the gradients of such a sum by its input, shortcut and factor. */
export function runScaledSumGradient(job: ScaledSumGradientJob): void {
  runUnits(Operation.ScaledSumGradient, changetype<usize>(job), scaledSumUnits(job.size, job.unitSize));
  finishFactor(job);
}

/** Drops random numbers. */
export function runDropout(job: DropoutJob): void {
  runUnits(Operation.Dropout, changetype<usize>(job), scaledSumUnits(job.size, job.unitSize));
}

/** Computes a gate between a branch and a shortcut. */
export function runGate(job: GateJob): void {
  runUnits(Operation.Gate, changetype<usize>(job), scaledSumUnits(job.size, job.unitSize));
}

/** Computes the gradients of a gate by its three inputs. */
export function runGateGradient(job: GateGradientJob): void {
  runUnits(Operation.GateGradient, changetype<usize>(job), scaledSumUnits(job.size, job.unitSize));
}

/** Copies some channels of each pixel. */
export function runCopyChannels(job: CopyChannelsJob): void {
  runUnits(Operation.CopyChannels, changetype<usize>(job), copyUnits(job));
}

/** Sums each channel over all pixels. */
export function runChannelSums(job: ChannelSumsJob): void {
  runUnits(Operation.ChannelSums, changetype<usize>(job), channelSumsUnits(job.channels));
}

/** Computes a shortcut of option A. */
export function runPadShortcut(job: PadShortcutJob): void {
  runUnits(Operation.PadShortcut, changetype<usize>(job), job.images);
}

/** Computes its gradient. */
export function runPadShortcutGradient(job: PadShortcutJob): void {
  runUnits(Operation.PadShortcutGradient, changetype<usize>(job), job.images);
}

/** Computes the means of each image's channels. */
export function runPool(job: PoolJob): void {
  runUnits(Operation.Pool, changetype<usize>(job), job.images);
}

/** Computes their gradient. */
export function runPoolGradient(job: PoolJob): void {
  runUnits(Operation.PoolGradient, changetype<usize>(job), job.images);
}

/** Makes one step of SGD on parameters, on the calling thread. */
export function runSgd(job: SgdJob): void {
  sgdStep(job);
}
