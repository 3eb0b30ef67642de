/**
 * Who may import whom. Data flows one way: language < core < data < engine, and core < store; these < workers < features <
 * page. (Biome's `noImportCycles` finds the cycles.) Prints every import that its room may not have, and exits with 1 if
 * there are any.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How the page reaches a worker: by its interface and the RPC, never by what runs in it. */
const WALL = 'workers/{rpc,supervisor,liveness,*/api}';

/** Who wires the page starts its workers. */
const STARTS = 'workers/start-workers';

const PAGE_PACKAGES = ['react', 'lucide-react', 'radix-ui', 'zustand'];

/** ImageNet's class names, which the page shows. */
const CLASS_NAMES = '@tensorflow-models/mobilenet';

/** Per room of src, the rooms and packages that its modules may import. Tests and `testing` may import anything. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  language: ['intl-messageformat', '@schummar/icu-type-parser'],
  core: ['valibot'],
  data: ['core', '@zip.js/zip.js', 'fflate', 'valibot'],
  store: ['core', 'idb', 'valibot'],
  engine: ['core', 'data', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-{cpu,wasm,webgpu}', 'valibot'],
  isolation: [],
  teaching: [],
  workers: ['core', 'data', 'store', 'engine'],
  charts: ['d3', 'react'],
  ui: ['core', 'charts', 'react', 'lucide-react', 'radix-ui'],
  features: [
    'core',
    'charts',
    'ui',
    'isolation',
    WALL,
    ...PAGE_PACKAGES,
    'd3',
    'fflate',
    'uqr',
    'valibot',
    CLASS_NAMES,
  ],
  page: ['language', 'core', 'charts', 'ui', 'isolation', 'features', ...PAGE_PACKAGES],
  embed: [
    'language',
    'core',
    'charts',
    'ui',
    'features',
    WALL,
    STARTS,
    'react',
    'react-dom',
    'lucide-react',
    'valibot',
    'zustand',
  ],
  gallery: ['language', 'core', 'charts', 'ui', 'react', 'react-dom', 'lucide-react'],
  'main.ts': ['language', 'isolation', 'features/lab/tabs', 'page', 'playground'],
  'first-frame.tsx': ['language', 'core', 'features', 'page', 'react-dom', 'zustand'],
  'playground.tsx': ['language', 'core', 'ui', 'isolation', 'features', 'page', WALL, STARTS, 'react', 'react-dom'],
};

/** Every room says its own sentences. */
const SPOKEN_BY_ALL: readonly string[] = ['joining', 'languages', 'messages', 'say', 'sentence'].map(
  (module) => `language/${module}`,
);

/**
 * What a room may import as types alone, by `import type`: a probe's record holds its request and result beside the page's
 * side of it, and the engine measures them.
 */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  engine: ['features/insight/probes'],
  workers: ['features/insight/probes'],
};

/**
 * Features that the others are made of, lowest first: the race's state and what is done to it, what every figure has, what an
 * experiment costs on this device, and recorded runs. But for types, each imports of features only those before it.
 */
const SHARED_FEATURES = ['lab', 'figures', 'price', 'records'];

/** A feature uses another one's state and rules, and not its views. These modules are made of another feature's views. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  // A figure of Look inside stands beside the curves.
  'features/race/curves/FigureSlot.tsx': ['features/insight/view/InsightFigure.tsx'],
  // The lesson ends with a record, beside table 6.
  'features/lesson/view/OutcomePage.tsx': ['features/paper/RecordedDepth.tsx'],
  // ImageNet's nets classify photographs.
  'features/zoo/view/FamilyFigures.tsx': ['features/photographs/view/PhotographsPart.tsx'],
  // The cards of the paper show ImageNet's nets, and set up the paper's experiment.
  'features/paper/PaperCards.tsx': [
    'features/zoo/view/BlocksFigure.tsx',
    'features/zoo/view/OptionsFigure.tsx',
    'features/zoo/view/ResultsFigure.tsx',
    'features/setup/PaperDialog.tsx',
  ],
};

const ROOT = fileURLToPath(new URL('../../src/', import.meta.url));
const SPECIFIER =
  /^\s*(?:import|export)\s(type\s)?(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** Resolves an import specifier to a path below src, or to a package. */
function resolved(module: string, specifier: string): string {
  const [path = ''] = specifier.split('?');
  return path.startsWith('.') ? posix.join(posix.dirname(module), path) : path;
}

/** The same without the extension of a module. */
const targetOf = (module: string, specifier: string) => resolved(module, specifier).replace(/\.tsx?$/, '');

const featureOf = (path: string) => /^features\/([^/]+)\//.exec(path)?.[1];

/** Whether a module's import is a view of another feature: a component, a style sheet, or what lies beside these. */
function isForeignView(module: string, path: string): boolean {
  const [own, other] = [featureOf(module), featureOf(path)];
  if (own === undefined || other === undefined || own === other || SHARED_FEATURES.includes(other)) return false;
  return /\.(tsx|css)$|\/view\//.test(path);
}

/** Whether a target is one that a pattern allows: the room or package itself, or something in it. */
function allows(pattern: string, target: string): boolean {
  const source = pattern
    .replace(/[.]/g, '\\.')
    .replace(/\*/g, '[^/]+')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
  return new RegExp(`^${source}(/|$)`).test(target);
}

function* modulesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* modulesIn(path);
    else if (/(?<!\.test|\.d)\.tsx?$/.test(entry.name)) yield relative(ROOT, path).replaceAll(sep, '/');
  }
}

/** Whether a module of a shared feature imports what is made of it. */
function isAbove(module: string, path: string): boolean {
  const [own, other] = [featureOf(module), featureOf(path)];
  if (own === undefined || other === undefined || !SHARED_FEATURES.includes(own)) return false;
  return !SHARED_FEATURES.slice(0, SHARED_FEATURES.indexOf(own) + 1).includes(other);
}

/** Entries of `MADE_OF` that no import has met yet. */
const unmet = new Set(Object.entries(MADE_OF).flatMap(([module, views]) => views.map((view) => `${module} ${view}`)));

const complaints = [...modulesIn(ROOT)].flatMap((module) => {
  const [room = ''] = module.split('/');
  const allowed = ROOMS[room];
  if (room === 'testing') return [];
  if (allowed === undefined) return [`src/${module}: scripts/lint/rooms.ts has no room ${room}`];
  return [...readFileSync(join(ROOT, module), 'utf8').matchAll(SPECIFIER)].flatMap(([, type, still, late]) => {
    const path = resolved(module, still ?? late ?? '');
    const target = targetOf(module, still ?? late ?? '');
    const isOwn = target === room || target.startsWith(`${room}/`) || SPOKEN_BY_ALL.includes(target);
    const allowedHere = type === undefined ? allowed : [...allowed, ...(TYPES[room] ?? [])];
    if (isForeignView(module, path) && !unmet.delete(`${module} ${path}`)) {
      return [`src/${module}: a feature may not import another one's view, ${path}`];
    }
    if (type === undefined && isAbove(module, path)) {
      return [`src/${module}: a shared feature may not import one that is made of it, ${path}`];
    }
    return isOwn || allowedHere.some((pattern) => allows(pattern, target))
      ? []
      : [`src/${module}: ${room} may not import ${target}`];
  });
});
for (const entry of unmet) complaints.push(`scripts/lint/rooms.ts: MADE_OF has what nothing imports, ${entry}`);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
