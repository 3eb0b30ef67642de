import { interleave, type Options } from '../interleave.ts';
import type { EngineRemote, Remote } from '../remote.ts';
import type { Group, Row } from '../row.ts';

/** A benchmark: what it measures, in a sentence, and how. */
export interface Benchmark {
  readonly what: string;
  readonly run: (options: Options) => Promise<readonly Group[]>;
}

export interface Starter<R extends Remote = EngineRemote> {
  readonly name: string;
  readonly start: () => Promise<R>;
}

/** Times those who can be made, and says who cannot. They all end with it. */
export async function compare<R extends Remote>(
  title: string,
  starters: readonly Starter<R>[],
  options: Options,
  measure: (implementations: readonly R[], options: Options) => Promise<readonly Row[]> = interleave,
): Promise<Group> {
  const { progress } = options;
  progress(title);
  const implementations: R[] = [];
  const absent: string[] = [];
  try {
    for (const { name, start } of starters) {
      try {
        implementations.push(await start());
      } catch (error) {
        absent.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        progress(`absent: ${absent.at(-1)}`);
      }
    }
    const rows = await measure(implementations, options);
    return { title, rows, repeats: options.repeats, ...(absent.length > 0 ? { absent } : {}) };
  } finally {
    for (const implementation of implementations) await implementation.end();
  }
}
