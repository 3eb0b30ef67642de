/** The engine in the terminal: trains an experiment with one or more seeds, without a browser. */
import '../src/language/speak-english.ts';
import { LabError } from './lab/error.ts';
import { lab } from './lab/lab.ts';
import { parseOptions } from './lab/options.ts';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options !== null) await lab(options);
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`lab: ${error.message}`);
  process.exitCode = process.argv.includes('--preview') ? 1 : 2;
}
