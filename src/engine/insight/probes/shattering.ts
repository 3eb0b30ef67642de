import type { Batch } from '../../../data/batches/batches.ts';
import { Random } from '../../../data/batches/random.ts';
import type { ShatteringRequest, ShatteringResult } from '../../../features/insight/probes/shattering.ts';
import { Readback } from '../../weights/readback.ts';
import { autocorrelation } from '../autocorrelation.ts';
import { withFixedStatistics } from '../fixed.ts';
import type { Inquiry } from '../inquiry.ts';
import { derivativesAlong } from '../line.ts';
import { inScope } from '../scope.ts';
import type { Subject } from '../subject.ts';

/** Points whose activations are kept at once. */
const AT_ONCE = 64;

/** Derivatives of a logit along lines between training images, and their autocorrelation (Balduzzi et al. 2017). */
export function probeShattering(
  subject: Subject,
  { lines, points, seed }: ShatteringRequest,
  { turn }: Pick<Inquiry<never>, 'turn'>,
): Promise<ShatteringResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program } = subject;
    const fixed = withFixedStatistics(subject, scope);
    const { training } = data;
    const count = training.labels.length;
    const positions = Array.from({ length: points }, (_, index) => index / (points - 1));
    const random = new Random(`shattering/${seed}`);
    const derivatives: number[][] = [];
    for (let nth = 0; nth < lines; nth++) {
      const from = random.below(count);
      const to = (from + 1 + random.below(count - 1)) % count;
      const line = { start: imageOf(training, from), end: imageOf(training, to) };
      const along: number[] = [];
      derivatives.push(along);
      for (let done = 0; done < points; done += AT_ONCE) {
        const ts = positions.slice(done, done + AT_ONCE);
        const readback = new Readback();
        const label = training.labels[from] ?? 0;
        readback.add(derivativesAlong(line, ts, label, program, fixed), (read) => along.push(...read));
        await readback.flush();
        await turn();
      }
    }
    const each = derivatives.map((series) => autocorrelation(series, Math.floor(points / 4)));
    const lags = each[0] ?? [];
    const mean = lags.map((_, lag) => each.reduce((total, one) => total + (one[lag] ?? 0) / each.length, 0));
    return { name: 'shattering', lane, step, positions, derivatives, autocorrelation: mean };
  });
}

function imageOf({ images, labels }: Batch, index: number): Float32Array {
  const pixels = images.length / labels.length;
  return images.subarray(index * pixels, (index + 1) * pixels);
}
