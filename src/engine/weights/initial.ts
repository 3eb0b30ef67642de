import { type Parameter, sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';

/**
 * A parameter's values at step 0, flat. They depend on the seed, the name and the shape only, so twins start equal and
 * a change of another layer has no effect. He's normal initialisation, not truncated (He et al. 2015, "Delving Deep
 * into Rectifiers", equation 10).
 */
export function initialValues({ name, shape, initial }: Parameter, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (initial.type === 'constant') return values.fill(initial.value);
  const random = new Random(`${seed}/${name}/${shape.join('x')}`);
  const deviation = Math.sqrt(2 / initial.fanIn);
  for (let i = 0; i < values.length; i += 2) {
    const [first, second] = random.normals();
    values[i] = first * deviation;
    if (i + 1 < values.length) values[i + 1] = second * deviation;
  }
  return values;
}
