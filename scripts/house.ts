/** `npm run house`: measures of the source code in the working tree, as a Markdown table. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { listFiles } from './lint/list-files.ts';

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
}

interface Measure {
  readonly name: string;
  readonly value: string;
  readonly aim: string;
  /** Listed below the table. */
  readonly details?: readonly string[];
}

const SHORT_LINES = 30;
const MOST_FILES = 20;

const EXPORTED = /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm;

function read(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  return { path, text, lines: text.split('\n').length - 1 };
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(testing|goldens)\//.test(path);
}

/** Counts by key, in the order in which the keys occur first. */
function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function paths(files: readonly SourceFile[]): readonly string[] {
  return files.map(({ path }) => path);
}

/** The folder that an import rule is about: `src/charts`, `src/features/race`. */
function roomOf(path: string): string {
  const [, room = '', feature = ''] = path.split('/');
  return room === 'features' ? `${room}/${feature}` : room;
}

function sizes(modules: readonly SourceFile[]): readonly Measure[] {
  const total = modules.reduce((sum, { lines }) => sum + lines, 0);
  const short = modules.filter(({ lines }) => lines <= SHORT_LINES).length;
  const largest = modules.toSorted((a, b) => b.lines - a.lines)[0];
  const folders = [...countBy(modules, ({ path }) => dirname(path))].filter(([, files]) => files > MOST_FILES);
  return [
    { name: 'source modules without tests', value: String(modules.length), aim: 'at most 400' },
    { name: 'mean lines of a module', value: (total / modules.length).toFixed(0), aim: '85 to 120' },
    {
      name: `share of modules of ${SHORT_LINES} lines or fewer`,
      value: `${((100 * short) / modules.length).toFixed(0)}%`,
      aim: 'under 12%',
    },
    { name: 'largest module', value: `${largest?.lines} (${largest?.path})`, aim: 'at most 350' },
    {
      name: `folders with more than ${MOST_FILES} modules side by side`,
      value: String(folders.length),
      aim: '0',
      details: folders.map(([folder, files]) => `${folder}: ${files}`),
    },
  ];
}

/** Modules that one operation and one probe touch: `lrn` and `shattering` stand for all. */
function spread(modules: readonly SourceFile[]): readonly Measure[] {
  const isGraph = ({ path }: SourceFile) => path.includes('/graphs/');
  const operation = modules.filter((each) => !isGraph(each) && /\blrn\b/.test(each.text));
  const isMessages = ({ path }: SourceFile) => path.startsWith('src/language/');
  const probe = modules.filter((each) => !isMessages(each) && /shattering/i.test(each.path + each.text));
  const rooms = new Set(probe.map(({ path }) => roomOf(path)));
  return [
    {
      name: 'modules that name the operation lrn (graphs aside)',
      value: String(operation.length),
      aim: 'at most 3',
      details: paths(operation),
    },
    {
      name: 'modules that name the probe shattering (messages aside), rooms',
      value: `${probe.length}, ${rooms.size}`,
      aim: 'at most 4, 2',
      details: paths(probe),
    },
  ];
}

function plumbing(modules: readonly SourceFile[]): readonly Measure[] {
  const rpc = modules.filter(({ path }) => /^(rpc|api)\.ts$/.test(basename(path)));
  const contexts = modules.filter(({ text }) => /\bcreateContext[<(]/.test(text));
  // The Chinese rooms have the names of the English ones.
  const defined = modules
    .filter(({ path }) => !path.startsWith('src/language/zh/'))
    .flatMap(({ text }) => [...new Set([...text.matchAll(EXPORTED)].map(([, name = '']) => name))]);
  const twice = [...countBy(defined, (name) => name)].filter(([, count]) => count > 1);
  return [
    {
      name: 'lines of rpc.ts with its interfaces',
      value: String(rpc.reduce((sum, { lines }) => sum + lines, 0)),
      aim: 'at most 250',
      details: rpc.map(({ path, lines }) => `${path}: ${lines}`),
    },
    { name: 'modules that create a React context', value: String(contexts.length), aim: '1', details: paths(contexts) },
    {
      name: 'exported names that two modules define',
      value: String(twice.length),
      aim: 'under 10',
      details: [twice.map(([name]) => name).join(', ')],
    },
  ];
}

function documents(): readonly Measure[] {
  const lineCount = (path: string) => String(existsSync(path) ? read(path).lines : 0);
  return [
    { name: 'lines of README.md', value: lineCount('README.md'), aim: 'at most 150' },
    { name: 'lines of ARCHITECTURE.md', value: lineCount('ARCHITECTURE.md'), aim: 'at most 200' },
  ];
}

const isModule = (path: string) => /^src\/.*\.tsx?$/.test(path) && !isTest(path) && !path.endsWith('binaries.ts');
const modules = listFiles().filter(isModule).map(read);
const measures = [...sizes(modules), ...spread(modules), ...plumbing(modules), ...documents()];

console.log('| measure | value | aim |\n|---|---|---|');
for (const { name, value, aim } of measures) console.log(`| ${name} | ${value} | ${aim} |`);
for (const { name, details = [] } of measures) {
  if (details.length > 0) console.log(`\n${name}:\n${details.map((detail) => `- ${detail}`).join('\n')}`);
}
