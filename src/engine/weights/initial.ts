import { sizeOf } from '../../core/net/node.ts';
import type { Parameter } from '../../core/net/operation-facts.ts';
import { Random } from '../../data/batches/random.ts';

/**
 * A parameter's values at step 0, flat. They depend on the seed, the name, the shape and the kind of initialisation only,
 * so twins start equal and a change of another layer has no effect.
 */
export function initialValues({ name, shape, initial }: Parameter, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  const random = new Random(`${seed}/${name}/${shape.join('x')}`);
  switch (initial.type) {
    case 'constant':
      return values.fill(initial.value);
    case 'he':
      return fillHe(values, random, initial.fanIn, initial.share);
    case 'identity':
      return addIdentity(fillHe(values, random, initial.fanIn, initial.share), shape);
    case 'orthogonal': {
      const filters = shape.at(-1) ?? 1;
      values.set(orthogonal(values.length / filters, filters, random));
      return values;
    }
    case 'delta-orthogonal': {
      const [inChannels = 1, outChannels = 1] = shape.slice(-2);
      values.set(orthogonal(inChannels, outChannels, random), centreOf(shape));
      return values;
    }
    default:
      return initial satisfies never;
  }
}

/** He's normal, not truncated (He et al. 2015, "Delving Deep into Rectifiers", equation 10), times `share`. */
function fillHe(values: Float32Array, random: Random, fanIn: number, share = 1): Float32Array {
  const deviation = share * Math.sqrt(2 / fanIn);
  for (let i = 0; i < values.length; i += 2) {
    const [first, second] = random.normals();
    values[i] = first * deviation;
    if (i + 1 < values.length) values[i + 1] = second * deviation;
  }
  return values;
}

/** Where the weights of the window's central pixel begin in those of a convolution, [height, width, in, out]. */
function centreOf([height = 1, width = 1, inChannels = 1, outChannels = 1]: readonly number[]): number {
  return (Math.floor(height / 2) * width + Math.floor(width / 2)) * inChannels * outChannels;
}

/** Adds a filter that passes channel i to channel i, for as many channels as both sides have. */
function addIdentity(values: Float32Array, shape: readonly number[]): Float32Array {
  const [inChannels = 1, outChannels = 1] = shape.slice(-2);
  for (let channel = 0; channel < Math.min(inChannels, outChannels); channel++) {
    const at = centreOf(shape) + channel * outChannels + channel;
    values[at] = (values[at] ?? 0) + 1;
  }
  return values;
}

/**
 * A random matrix, [rows, columns], whose columns (or rows, where there are fewer of them) are orthogonal and of norm
 * sqrt(2), which keeps the mean square behind a ReLU: the Q of normals' QR decomposition with a positive diagonal (Saxe et
 * al. 2013), by the modified Gram-Schmidt process in double precision.
 */
function orthogonal(rows: number, columns: number, random: Random): Float64Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  for (let nth = 0; nth < count; nth++) {
    const vector = Float64Array.from({ length }, () => random.normals()[0]);
    for (const earlier of vectors) {
      const along = dot(vector, earlier);
      for (let i = 0; i < length; i++) vector[i] = (vector[i] ?? 0) - along * (earlier[i] ?? 0);
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const value = columns === count ? vectors[column]?.[row] : vectors[row]?.[column];
    return Math.SQRT2 * (value ?? 0);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
