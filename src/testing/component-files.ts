import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);

/** The modules of `src` that draw components, for rules that hold in all of them. Throws where they are suspiciously few. */
export function componentFiles(): readonly { readonly file: string; readonly code: string }[] {
  const names = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'),
  );
  if (names.length <= 100) throw new Error(`components: only ${names.length} modules were found in ${ROOT}`);
  return names.map((name) => ({ file: `src/${name}`, code: readFileSync(new URL(name, ROOT), 'utf8') }));
}

/** The line of a module, from 1, in which the character at `index` stands. */
export function lineAt(code: string, index: number): number {
  return code.slice(0, index).split('\n').length;
}
