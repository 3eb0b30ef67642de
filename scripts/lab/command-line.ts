import { type Command, CommanderError } from 'commander';
import * as v from 'valibot';
import { quote } from '../../src/core/quote.ts';
import { LabError } from './error.ts';

/** A whole number up to `max`, from 1 on if `min` is left out. */
export function whole(max: number, min = 1) {
  const text = max === Infinity ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, ({ input }) => `${quote(input)} is not ${text}`),
    v.transform(Number),
    v.check(
      (value) => value >= min && value <= max,
      ({ input }) => `${input} is not ${text}`,
    ),
  );
}

/** One of the names. */
export function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, ({ input }) => `${quote(input)} is not one of ${options.join(', ')}`);
}

/**
 * The words after the name of the program: its options, as the schema has them, and the others. Null where help was asked
 * for and given. Throws a `LabError` that names the option.
 */
export function parseCommandLine<Schema extends v.GenericSchema>(
  command: Command,
  schema: Schema,
  argv: readonly string[],
): { readonly options: v.InferOutput<Schema>; readonly names: readonly string[] } | null {
  const program = command.exitOverride().configureOutput({ writeErr: () => {} });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new LabError(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  }
  const result = v.safeParse(schema, program.opts(), { abortEarly: true });
  if (result.success) return { options: result.output, names: program.args };
  const [issue] = result.issues;
  const [option = ''] = (v.getDotPath(issue) ?? '').split('.');
  throw new LabError(`--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${issue.message}`);
}
