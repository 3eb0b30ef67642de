import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Plugin } from 'vite';

const packageSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.string(), 'licence not named'),
});

interface Package extends v.InferOutput<typeof packageSchema> {
  /** The text of its licence; null where the package has none with it. */
  readonly text: string | null;
}

/**
 * Puts into the built page what its licences ask for: LICENSE.txt, NOTICE.txt, and THIRD-PARTY.txt with every package
 * of which a module is bundled, in the page or in a worker. Workers are bundled apart, so they take `collect` too.
 */
export function notices(): { readonly collect: () => Plugin; readonly write: () => Plugin } {
  const modules = new Set<string>();
  const collect = (): Plugin => ({
    name: 'collect-notices',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') for (const id of file.moduleIds) modules.add(id);
    },
  });
  const write = (): Plugin => ({
    name: 'write-notices',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler() {
        const text = (file: string) => readFileSync(file, 'utf8');
        this.emitFile({ type: 'asset', fileName: 'LICENSE.txt', source: text('LICENSE') });
        this.emitFile({ type: 'asset', fileName: 'NOTICE.txt', source: text('NOTICE') });
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: thirdParty(packagesOf(modules)) });
      },
    },
  });
  return { collect, write };
}

/** The packages that these modules are of, each once, by name. */
export function packagesOf(modules: Iterable<string>): readonly Package[] {
  const found = new Map<string, Package>();
  for (const id of modules) {
    const folder = packageFolder(id);
    if (folder === null) continue;
    const { name, version, license } = v.parse(
      packageSchema,
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    if (found.has(`${name} ${version}`)) continue;
    const file = readdirSync(folder).find((each) => /^(licen[sc]e|copying)/i.test(each));
    const text = file === undefined ? null : readFileSync(join(folder, file), 'utf8').trim();
    found.set(`${name} ${version}`, { name, version, license, text });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

function thirdParty(packages: readonly Package[]): string {
  const about = 'The software of others that the built page contains, package by package, with its licence.';
  const parts = packages.map(({ name, version, license, text }) => {
    const apache = license === 'Apache-2.0' ? 'The text of the licence is in LICENSE.txt.' : null;
    return `${name} ${version} (${license})\n\n${text ?? apache ?? `The package has no text of its licence with it: ${license}.`}`;
  });
  return `${[about, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The folder of the package that a module is of; null for modules of our own and for those that bundlers make up. */
function packageFolder(id: string): string | null {
  const path = id.replace(/^\0/, '').split('?')[0] ?? '';
  if (!path.includes('/node_modules/')) return null;
  for (let folder = dirname(path); !folder.endsWith('/node_modules'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    // Folders within a package may have a manifest that says only how its modules are to be read.
    if (existsSync(manifest) && 'version' in JSON.parse(readFileSync(manifest, 'utf8'))) return folder;
    if (folder === dirname(folder)) return null;
  }
  return null;
}
