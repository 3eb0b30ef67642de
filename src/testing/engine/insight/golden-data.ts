import type { Batch } from '../../../data/batches/batches.ts';
import type { RaceData } from '../../../data/batches/race-data.ts';
import { Random } from '../../../data/batches/random.ts';

/**
 * The images and labels of scripts/goldens_insight.py: its batch is the one that follows `steps` steps, and the second
 * one the next.
 */
export function goldenData({
  size,
  classes,
  batch,
  steps,
}: Readonly<Record<'size' | 'classes' | 'batch' | 'steps', number>>): RaceData {
  const draw = (suffix: string): Batch => {
    const pixels = new Random(`golden/images${suffix}`);
    const labels = new Random(`golden/labels${suffix}`);
    const values: number[] = [];
    while (values.length < batch * size * size * 3) values.push(...pixels.normals());
    return {
      images: Float32Array.from(values.slice(0, batch * size * size * 3)),
      labels: Int32Array.from({ length: batch }, () => labels.below(classes)),
    };
  };
  const [first, second] = [draw(''), draw('/2')];
  return {
    batchPictures: () => [],
    batchImages: () => new Uint32Array(),
    prepared: (picture) => ({ seen: picture, values: Float32Array.from(picture.rgb) }),
    size,
    classes,
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    normalisation: { mean: new Float32Array(size * size * 3), scale: 1 },
    batch: (step) => (step === steps ? first : second),
    test: first,
    shown: first,
    training: first,
  };
}
