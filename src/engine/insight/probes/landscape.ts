import type { LandscapeRequest, LandscapeResult } from '../../../features/insight/probes/landscape.ts';
import { forward } from '../../graph/forward.ts';
import { crossEntropy } from '../../ops/tensors/loss.ts';
import { batchChunks, type DeviceBatch, disposeBatch, TRAINING_CHUNK, upload } from '../../training/device-batch.ts';
import { disposeOnError } from '../../weights/dispose-on-error.ts';
import { Readback } from '../../weights/readback.ts';
import { inScope, type MeasurementHooks, Scope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { type Checkpoint, displaced, filterNormalised, pathPlane } from './landscape-plane.ts';

/** How far a picture of a path goes beyond it, as a share of its extent. */
const MARGIN = 0.2;

/** Points between two partial results. */
const POINTS_PER_PART = 8;

/**
 * The loss around the present weights, or in the plane of the training path. `checkpoints` are read for a path only.
 */
export function probeLandscape(
  subject: Subject,
  { over, points, reach, images, seed }: LandscapeRequest,
  hooks: MeasurementHooks<LandscapeResult>,
  checkpoints: readonly Checkpoint[],
): Promise<LandscapeResult> {
  return inScope(async (scope) => {
    const { lane, step, data } = subject;
    const { turn, onPart } = hooks;
    const plane = over === 'path' ? await pathPlane(subject, checkpoints, hooks) : null;
    const nth = over === 'plane' ? ['1', '2'] : ['1'];
    const directions =
      plane?.directions ?? disposeOnError(() => nth.map((each) => filterNormalised(subject, `${seed}/${each}`)));
    for (const direction of directions) scope.own(direction);
    const path = plane?.path ?? [];
    const around = axis([-reach, reach], points, 0);
    const x =
      plane === null
        ? around
        : axis(
            path.map((point) => point.x),
            points,
            MARGIN,
          );
    const y =
      plane === null
        ? over === 'plane'
          ? around
          : [0]
        : axis(
            path.map((point) => point.y),
            points,
            MARGIN,
          );

    const chunks = batchChunks(data.training, TRAINING_CHUNK, images).map((part) => {
      const chunk = upload(part, data.size, data.classes);
      scope.own({ dispose: () => disposeBatch(chunk) });
      return chunk;
    });
    const losses = new Float32Array(x.length * y.length).fill(Number.NaN);
    const errors = new Float32Array(x.length * y.length).fill(Number.NaN);
    const explained = plane?.explained ?? null;
    let done = 0;
    const result = (): LandscapeResult => {
      const measured = { losses: losses.slice(), errors: errors.slice(), done, of: losses.length };
      return { name: 'landscape', lane, step, over, x, y, ...measured, path, explained };
    };
    const readback = scope.own(new Readback());
    for (const level of coarseFirst(x.length, y.length)) {
      for (const [index, { column, row }] of level.entries()) {
        const own = scope.own(new Scope());
        const by = [x[column] ?? 0, y[row] ?? 0];
        const steps = directions.map((direction, which) => ({ direction, by: by[which] ?? 0 }));
        const weights = displaced(subject.weights, steps, own);
        const at = row * x.length + column;
        losses[at] = 0;
        errors[at] = 0;
        for (const chunk of chunks) {
          readback.add(metricsOf(subject, weights, chunk), ([loss = Number.NaN, wrong = Number.NaN]) => {
            const error = Number.isFinite(loss) ? 100 * wrong : Number.NaN;
            losses[at] = (losses[at] ?? 0) + loss / chunks.length;
            errors[at] = (errors[at] ?? 0) + error / chunks.length;
          });
        }
        own.dispose();
        done += 1;
        if ((index + 1) % POINTS_PER_PART === 0 || index + 1 === level.length) {
          await readback.flush();
          onPart(result());
        }
        await turn();
      }
    }
    return result();
  });
}

/** `points` equally spaced coordinates that cover all these values and 0, where the present net is, with a margin. */
function axis(values: readonly number[], points: number, margin: number): readonly number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const more = margin * (high - low);
  const middle = (points - 1) / 2;
  // From the middle, so that a symmetrical axis has an exact 0 there.
  const unit = (high - low + 2 * more) / (points - 1);
  return Array.from({ length: points }, (_, index) => (low + high) / 2 + (index - middle) * unit);
}

/** [mean loss, share of wrong answers] with the images' own statistics, on the device. */
function metricsOf({ program }: Subject, weights: Parameters<typeof forward>[1], { images, labels }: DeviceBatch) {
  return disposeOnError(() => {
    const { values, statistics } = forward(program, weights, images, 'batch', false);
    statistics.dispose();
    const { metrics, dLogits } = crossEntropy(values.get(program.output, 2), labels);
    dLogits.dispose();
    values.dispose();
    return metrics;
  });
}

/** Column and row of a grid point, from 0. */
export interface GridPoint {
  readonly column: number;
  readonly row: number;
}

/**
 * The points of a grid from coarse to fine: every eighth first, then those between, so that a coarse picture comes
 * early.
 */
export function coarseFirst(columns: number, rows: number): readonly (readonly GridPoint[])[] {
  const all = Array.from({ length: rows * columns }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
  }));
  const done = new Set<GridPoint>();
  return [8, 4, 2, 1].map((stride) => {
    const next = all.filter((point) => !done.has(point) && point.column % stride === 0 && point.row % stride === 0);
    for (const point of next) done.add(point);
    return next;
  });
}
