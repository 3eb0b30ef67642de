import * as v from 'valibot';
import { LIMITS } from '../../core/experiment/limits.ts';
import { readSafetensors } from '../../data/formats/safetensors.ts';

const gain = v.pipe(v.number(), v.minValue(LIMITS.gain.min), v.maxValue(LIMITS.gain.max));
const savedNet = v.pipe(v.string(), v.parseJson(), v.object({ gains: v.array(gain) }));

/**
 * The gains of the net that a file of `weightsFile` was saved from, block by block; null where the file tells none, as those
 * that PyTorch saves, and where it is none of the format.
 */
export function savedGains(file: Uint8Array): readonly number[] | null {
  const net = v.safeParse(savedNet, metadataOf(file)?.get('net'));
  return net.success ? net.output.gains : null;
}

function metadataOf(file: Uint8Array): ReadonlyMap<string, string> | null {
  try {
    return readSafetensors(file, '').metadata;
  } catch {
    // What is wrong with the file is said when a net begins with it.
    return null;
  }
}
