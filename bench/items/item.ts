import { interleave, type Options } from '../interleave.ts';
import type { EngineRemote, Remote } from '../remote.ts';
import type { Group } from '../row.ts';

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
export async function compare(title: string, invited: readonly Invitation<Remote>[], options: Options): Promise<Group> {
  const { progress } = options;
  progress(title);
  const contenders: Remote[] = [];
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
    const rows = await interleave(contenders, options);
    return { title, rows, ...(absent.length > 0 ? { absent } : {}) };
  } finally {
    for (const contender of contenders) await contender.end();
  }
}
