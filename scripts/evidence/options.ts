import { join } from 'node:path';
import { Command } from 'commander';
import * as v from 'valibot';
import { LIMITS } from '../../src/core/experiment/limits.ts';
import { oneOf, parseCommandLine, whole } from '../lab/command-line.ts';
import { LabError } from '../lab/error.ts';
import { BACKEND_CHOICES } from '../lab/jobs.ts';
import { EVIDENCE } from './definition.ts';

const optionsSchema = v.object({
  jobs: whole(64, 0),
  state: v.string(),
  data: v.optional(v.string()),
  backend: oneOf(BACKEND_CHOICES),
  until: v.optional(whole(LIMITS.steps.max), `${LIMITS.steps.max}`),
  verify: v.optional(v.boolean(), false),
  docs: v.optional(v.boolean(), false),
});

/** Parsed options of the command line, and the records that it names. */
export interface EvidenceOptions {
  readonly options: v.InferOutput<typeof optionsSchema>;
  readonly names: readonly string[];
}

function command(): Command {
  return new Command('evidence')
    .description('Trains what evidence/NAME.json describes, and writes or verifies its record.')
    .argument('[names...]', 'records, such as lasts; with --verify all that there are, if left out')
    .option('--jobs <n>', 'nets that are trained side by side; 0 writes the record of what is trained', '1')
    .option('--state <folder>', 'where nets are kept while they train', join(EVIDENCE, '.state'))
    .option('--until <steps>', 'stops there, for a machine that is lent for some minutes')
    .option('--backend <name>', `one of ${BACKEND_CHOICES.join(', ')}`, 'wasm')
    .option('--data <path>', 'images that are not in this repository')
    .option('--verify', 'trains the first steps again and compares')
    .option('--docs', 'writes what the records show into docs/evidence.md');
}

/** The options after the name of the program, or null where help was asked for and given. Throws a `LabError`. */
export function parseEvidenceOptions(argv: readonly string[]): EvidenceOptions | null {
  const parsed = parseCommandLine(command(), optionsSchema, argv);
  if (parsed === null) return null;
  const { options, names } = parsed;
  if (names.length === 0 && !options.verify && !options.docs) {
    throw new LabError('name a definition of evidence/, such as lasts; or give --verify or --docs');
  }
  if (names.length > 0 && options.docs && !options.verify) {
    throw new LabError('--docs is of all records, and takes no names');
  }
  return parsed;
}
