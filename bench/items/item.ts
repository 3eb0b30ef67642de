import { interleave, type Options } from '../interleave.ts';
import type { EngineRemote, Remote } from '../remote.ts';
import type { Group, Row } from '../row.ts';

/** A benchmark: what it measures, in a sentence, and how. */
export interface Item {
  readonly what: string;
  readonly run: (options: Options) => Promise<readonly Group[]>;
}

export interface Invitation<R extends Remote = EngineRemote> {
  readonly name: string;
  readonly make: () => Promise<R>;
}

/** Times those who can be made, and says who cannot. They all end with it. */
export async function compare<R extends Remote>(
  title: string,
  invited: readonly Invitation<R>[],
  options: Options,
  measure: (contenders: readonly R[], options: Options) => Promise<readonly Row[]> = interleave,
): Promise<Group> {
  const { progress } = options;
  progress(title);
  const contenders: R[] = [];
  const absent: string[] = [];
  try {
    for (const { name, make } of invited) {
      try {
        contenders.push(await make());
      } catch (error) {
        absent.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        progress(`absent: ${absent.at(-1)}`);
      }
    }
    const rows = await measure(contenders, options);
    return { title, rows, ...(absent.length > 0 ? { absent } : {}) };
  } finally {
    for (const contender of contenders) await contender.end();
  }
}
