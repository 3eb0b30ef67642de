import * as v from 'valibot';
import type { Column } from './schema.ts';
import type { Table } from './table.ts';

/** A column that images may be in. */
export interface ImageColumn {
  readonly name: string;
  readonly column: Column;
}

/** A column that may say which class an image is of. */
export interface LabelColumn {
  readonly name: string;
  readonly column: Column;
  /** What its numbers stand for; null where nobody says. */
  readonly classes: readonly string[] | null;
}

const featureSchema = v.object({ _type: v.string(), names: v.optional(v.array(v.string())) });
const notesSchema = v.object({ info: v.object({ features: v.record(v.string(), v.unknown()) }) });

/** What the library of Hugging Face notes down of the columns, by their names. */
function featuresOf({ notes }: Table): ReadonlyMap<string, v.InferOutput<typeof featureSchema>> {
  let json: unknown;
  try {
    json = JSON.parse(notes.get('huggingface') ?? 'null');
  } catch {
    return new Map();
  }
  const parsed = v.safeParse(notesSchema, json);
  if (!parsed.success) return new Map();
  return new Map(
    Object.entries(parsed.output.info.features).flatMap(([name, value]) => {
      const feature = v.safeParse(featureSchema, value);
      return feature.success ? [[name, feature.output] as const] : [];
    }),
  );
}

/** Those that say so first, then others of bytes, in the order of the file. */
export function imageColumns(table: Table): readonly ImageColumn[] {
  const features = featuresOf(table);
  const columns = [...table.columns.values()].flatMap((column): ImageColumn[] => {
    const { path, type, text } = column;
    if (type !== 'bytes' || text) return [];
    if (path.endsWith('.bytes') && path.split('.').length === 2) return [{ name: path.slice(0, -6), column }];
    return path.includes('.') ? [] : [{ name: path, column }];
  });
  return firstOnes(columns, ({ name }) => features.get(name)?._type === 'Image');
}

const NAMED_AS_LABEL = /label|class|category|target/i;

/** Those whose classes have names first, then those that are called so, then others, in the order of the file. */
export function labelColumns(table: Table): readonly LabelColumn[] {
  const features = featuresOf(table);
  const columns = [...table.columns.values()].flatMap((column): LabelColumn[] => {
    const { path, type, text } = column;
    if (path.includes('.') || (type === 'bytes' && !text)) return [];
    const names = type === 'bytes' ? undefined : features.get(path)?.names;
    return [{ name: path, column, classes: names === undefined ? null : distinct(names) }];
  });
  const called = firstOnes(columns, ({ name }) => NAMED_AS_LABEL.test(name));
  return firstOnes(called, ({ classes }) => classes !== null);
}

function firstOnes<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly T[] {
  return [...all.filter(isFirst), ...all.filter((each) => !isFirst(each))];
}

/** Two classes of one name would be one. */
function distinct(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name, label) => {
    const own = seen.has(name) ? `${name} (${label})` : name;
    seen.add(own);
    return own;
  });
}
