/** Finds Firefox and WebKit's driver, and installs Debian's packages of them where it may. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

/** The path of Firefox, or the packages of Debian that are still missing. */
export type Installed = { readonly firefox: string } | { readonly missing: readonly string[] };

/** A program, by any of its names, and the package of Debian that has it. */
const NEEDED = [
  { names: ['firefox-esr', 'firefox'], package: 'firefox-esr' },
  { names: ['WebKitWebDriver'], package: 'webkit2gtk-driver' },
  { names: ['Xvfb'], package: 'xvfb' },
] as const;

export function installed(): Installed {
  const packages = missing();
  if (packages.length > 0 && userInfo().uid === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`browsers: installs ${packages.join(', ')}`);
    const install = `apt-get update -q; apt-get install -y -q --no-install-recommends ${packages.join(' ')}`;
    spawnSync(install, { shell: true, stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const [firefox] = NEEDED[0].names.flatMap((name) => find(name) ?? []);
  const left = missing();
  return firefox !== undefined && left.length === 0 ? { firefox } : { missing: left };
}

function missing(): readonly string[] {
  return NEEDED.filter(({ names }) => !names.some((name) => find(name) !== null)).map((each) => each.package);
}

function find(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}
