import * as v from 'valibot';
import { parseQuestion } from '../../../core/experiment/parse/parse-insight.ts';
import { oneOf } from '../../../core/experiment/parse/parse-values.ts';
import { PROBE_NAMES, PROBES, type ProbeRequest } from './probes.ts';

/** The probe of this name with what the options leave out at its default. Throws an `ExperimentError`. */
export function parseProbe(name: unknown, options: unknown = {}): ProbeRequest {
  const known = parseQuestion('probe', oneOf(PROBE_NAMES), name);
  const given = parseQuestion('probe', v.record(v.string(), v.unknown()), options);
  return parseQuestion(`probe ${known}`, PROBES[known].schema, { ...given, name: known });
}
