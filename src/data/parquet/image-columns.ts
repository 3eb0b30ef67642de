import * as v from 'valibot';
import type { Column } from './schema.ts';
import type { Table } from './table.ts';

/** A column that may hold encoded images. */
export interface ImageColumn {
  readonly name: string;
  readonly column: Column;
}

/** A column that may hold class labels. */
export interface LabelColumn {
  readonly name: string;
  readonly column: Column;
  /** The class names that its numbers index; null where the file has none. */
  readonly classes: readonly string[] | null;
}

const featureSchema = v.object({ _type: v.string(), names: v.optional(v.array(v.string())) });
const notesSchema = v.object({ info: v.object({ features: v.record(v.string(), v.unknown()) }) });

/** Hugging Face's feature descriptions of the columns, from the file's metadata, by column name. */
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

const NAMED_AS_LABEL = /label|class|category|target/i;

/**
 * Columns declared as images first, then other byte columns, those named like labels last; each in the file's order.
 */
export function imageColumns(table: Table): readonly ImageColumn[] {
  const features = featuresOf(table);
  const columns = [...table.columns.values()].flatMap((column): ImageColumn[] => {
    const { path, type, text } = column;
    if (type !== 'bytes' || text) return [];
    const name = nameOf(path);
    // Bytes alone, in a structure beside their file's name, or either in a list.
    if (/^[^.]+\.bytes$/.test(name)) return [{ name: name.slice(0, -'.bytes'.length), column }];
    return name.includes('.') ? [] : [{ name, column }];
  });
  const others = firstOnes(columns, ({ name }) => !NAMED_AS_LABEL.test(name));
  return firstOnes(
    others,
    ({ name, column }) => features.get(name)?._type === 'Image' || column.path.endsWith('.bytes'),
  );
}

/**
 * Those whose classes have names first, then those that are called so, then others, in the order of the file, numbers
 * with a point last. Bytes that are not declared as text may be labels where they are called so, or there is nothing
 * else.
 */
export function labelColumns(table: Table): readonly LabelColumn[] {
  const features = featuresOf(table);
  const columns = [...table.columns.values()].flatMap((column): LabelColumn[] => {
    const { path, type } = column;
    const name = nameOf(path);
    if (name.includes('.') || features.get(name)?._type === 'Image') return [];
    const names = type === 'int32' || type === 'int64' ? features.get(name)?.names : undefined;
    return [{ name, column, classes: names === undefined ? null : distinct(names) }];
  });
  const isPlain = ({ name, column: { type, text } }: LabelColumn) =>
    type !== 'bytes' || text || NAMED_AS_LABEL.test(name);
  const some = columns.some(isPlain) ? columns.filter(isPlain) : columns;
  const usual = firstOnes(some, ({ column: { type } }) => type !== 'float' && type !== 'double');
  const called = firstOnes(usual, ({ name }) => NAMED_AS_LABEL.test(name));
  return firstOnes(called, ({ classes }) => classes !== null);
}

/** A column's path without the two groups that Parquet puts around what is in a list. */
function nameOf(path: string): string {
  return path.replace(/\.list\.(element|item)(?=\.|$)|\.(bag\.array_element|array|list\.array)(?=\.|$)/, '');
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
