/**
 * A copy of the built page that writes down what goes wrong in it. WebKit tells its driver nothing of its console, and no
 * engine tells of the consoles of workers, so the page itself has to.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINARIES } from '../../src/engine/kernels/wasm/binaries.ts';

/** Errors are kept in the tab's storage, which lasts over reloads; those of workers come there by a channel. */
const WATCH = `{
  const channel = new BroadcastChannel('complaints');
  const keep = (text) => sessionStorage.setItem('complaints', JSON.stringify([...JSON.parse(sessionStorage.getItem('complaints') ?? '[]'), text]));
  const note = 'sessionStorage' in globalThis ? keep : (text) => channel.postMessage(text);
  if (note === keep) channel.onmessage = ({ data }) => keep('in a worker: ' + data);
  addEventListener('error', ({ message, target }) => note(message ?? 'cannot load ' + target.outerHTML), true);
  addEventListener('unhandledrejection', ({ reason }) => note('not caught: ' + reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => note(violatedDirective + ' refuses ' + blockedURI));
  const error = console.error;
  console.error = (...parts) => { note(parts.map(String).join(' ')); error(...parts); };
}
`;

/** Reads in the page what went wrong so far, and forgets it. */
export function takeComplaints(): readonly string[] {
  const told = sessionStorage.getItem('complaints') ?? '[]';
  sessionStorage.removeItem('complaints');
  return JSON.parse(told);
}

/** The workers' entries, as the build calls them. */
const WORKERS = ['main', 'library-main', 'pretrained-main'] as const;

export interface WatchedBuild {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Copies the build in `dist`; without relaxed SIMD the engine in it takes its kernels of plain SIMD everywhere. */
export async function watchedBuild({ relaxed = true } = {}): Promise<WatchedBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-build-'));
  await cp('dist', folder, { recursive: true });
  await writeFile(join(folder, 'watch.js'), WATCH);
  await edit(join(folder, 'index.html'), (text) => text.replace(/<head>/, '$&<script src="./watch.js"></script>'));
  const assets = join(folder, 'assets');
  const entry = new RegExp(`^(${WORKERS.join('|')})-[^/]*\\.js$`);
  const workers = (await readdir(assets)).filter((name) => entry.test(name));
  // One whose file is called otherwise would not be heard.
  if (workers.length !== WORKERS.length) throw new Error(`the build has other workers than ${WORKERS}: ${workers}`);
  for (const name of workers) {
    await edit(join(assets, name), (text) => {
      const kernels = relaxed ? text : text.replace(BINARIES.relaxed, '').replace(BINARIES.relaxedShared, '');
      return WATCH + kernels;
    });
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Throws where the change changes nothing. */
async function edit(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${path} is not built as the journey expects`);
  await writeFile(path, after);
}
