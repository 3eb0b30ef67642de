import { readdirSync, readFileSync } from 'node:fs';

const assembly = new URL('../../src/engine/kernels/wasm/assembly/', import.meta.url);

/** The file that `jobLayouts` is written to. */
export const LAYOUTS_FILE = new URL('../job-layouts.ts', assembly);

interface JobClass {
  readonly name: string;
  readonly base: string | undefined;
  readonly fields: readonly (readonly [name: string, type: string])[];
}

/** Types of fields, all of 4 bytes, and as what JavaScript writes them. */
const TYPES: Readonly<Record<string, 'u32' | 'f32'>> = { usize: 'u32', i32: 'u32', f32: 'f32' };

const CLASS = /^@unmanaged\n(?:export )?class (\w+)(?: extends (\w+))? \{\n(.*?)^\}/gms;
const FIELD = /^ {2}(\w+): (\w+);/gm;
const KERNEL = /^export function (\w+)\(job: (\w+)\): void/gm;

/**
 * The text of a module that says, for each kernel in assembly/kernels.ts, where the fields of its job are. AssemblyScript
 * lays out the fields of an unmanaged class in their order, those of its base class first. Throws where a field is of a type
 * that is not known.
 */
export function jobLayouts(): string {
  const sources = readdirSync(assembly).map((file) => readFileSync(new URL(file, assembly), 'utf8'));
  const classes = new Map(sources.flatMap(classesIn).map((each) => [each.name, each]));
  const kernels = [...readFileSync(new URL('kernels.ts', assembly), 'utf8').matchAll(KERNEL)];
  const layouts = kernels.map(([, kernel = '', job = '']) => {
    const fields = fieldsOf(classes, job).map(
      ([name, type], nth) => `    ${name}: { offset: ${4 * nth}, type: '${written(job, name, type)}' },\n`,
    );
    return `  ${kernel}: {\n${fields.join('')}  },\n`;
  });
  return `/** Made by \`npm run kernels\` from assembly/: the fields of each kernel's job, and their offsets in bytes. */\nexport const JOB_LAYOUTS = {\n${layouts.join('')}} as const;\n`;
}

function classesIn(source: string): readonly JobClass[] {
  return [...source.matchAll(CLASS)].map(([, name = '', base, body = '']) => ({
    ...{ name, base },
    fields: [...body.matchAll(FIELD)].map(([, field = '', type = '']) => [field, type] as const),
  }));
}

function fieldsOf(classes: ReadonlyMap<string, JobClass>, name: string): JobClass['fields'] {
  const found = classes.get(name);
  if (found === undefined) throw new Error(`kernels: no class ${name}`);
  return [...(found.base === undefined ? [] : fieldsOf(classes, found.base)), ...found.fields];
}

function written(job: string, field: string, type: string): string {
  const known = TYPES[type];
  if (known === undefined) throw new Error(`kernels: ${job}.${field} has the unknown type ${type}`);
  return known;
}
