import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { preprocessCSS, resolveConfig } from 'vite';
import { beforeAll, expect, test } from 'vitest';

/**
 * The rule: **a class that a component takes from a style sheet stands in it, and a class that stands there is taken**.
 * TypeScript knows a style sheet as a record of any names, and one that is not there draws nothing and says nothing.
 */
interface Taken {
  readonly names: Set<string>;
  /** Whether a name is computed, so that any may be taken. */
  computed: boolean;
}

/** What the modules and style sheets take from each style sheet, by its path. */
function takenClasses(files: readonly { readonly file: string; readonly code: string }[]): Map<string, Taken> {
  const taken = new Map<string, Taken>();
  const from = (file: string, sheet: string) => {
    const path = join(dirname(file), sheet);
    const known = taken.get(path) ?? { names: new Set(), computed: false };
    taken.set(path, known);
    return known;
  };
  for (const { file, code } of files) {
    for (const [, local = '', sheet = ''] of code.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
      const used = from(file, sheet);
      for (const [, name = ''] of code.matchAll(new RegExp(`(?<![./\\w'-])${local}\\.(\\w+)`, 'g')))
        used.names.add(name);
      used.computed ||= code.includes(`${local}[`);
    }
    for (const [, names = '', sheet = ''] of code.matchAll(/composes: ([\w ]+) from "([^"]+)"/g)) {
      for (const name of names.split(' ')) from(file, sheet).names.add(name);
    }
  }
  return taken;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|module\.css)$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => join('src', name))
  .map((file) => ({ file, code: readFileSync(file, 'utf8') }));
const taken = takenClasses(files);
const standing = new Map<string, ReadonlySet<string>>();

beforeAll(async () => {
  const config = await resolveConfig({ configFile: false, logLevel: 'silent' }, 'build');
  for (const { file, code } of files.filter(({ file: name }) => name.endsWith('.module.css'))) {
    const { modules = {} } = await preprocessCSS(code, file, config);
    // The names of keyframes are among those of its classes.
    const isClass = (name: string) => new RegExp(`\\.${name}(?![\\w-])`).test(code);
    standing.set(file, new Set(Object.keys(modules).filter(isClass)));
  }
});

test('what a module takes from a style sheet is found', () => {
  const code = "import styles from './a.module.css';\nuse(styles.on, mystyles.off, styles[kind], './styles.css');";
  const sheet = '.on {\n  composes: floating low from "./b.module.css";\n}';
  const found = takenClasses([
    { file: 'src/x.ts', code },
    { file: 'src/a.module.css', code: sheet },
  ]);
  expect(found).toEqual(
    new Map([
      ['src/a.module.css', { names: new Set(['on']), computed: true }],
      ['src/b.module.css', { names: new Set(['floating', 'low']), computed: false }],
    ]),
  );
});

test('each class that is taken from a style sheet stands in it', () => {
  expect(standing.size).toBeGreaterThan(30);
  const missing = [...taken].flatMap(([sheet, { names }]) =>
    [...names].filter((name) => standing.get(sheet)?.has(name) !== true).map((name) => `${sheet} .${name}`),
  );
  expect(missing).toEqual([]);
});

test('each class of a style sheet is taken', () => {
  const unused = [...standing].flatMap(([sheet, names]) => {
    const used = taken.get(sheet);
    return used?.computed === true
      ? []
      : [...names].filter((name) => used?.names.has(name) !== true).map((name) => `${sheet} .${name}`);
  });
  expect(unused).toEqual([]);
});
