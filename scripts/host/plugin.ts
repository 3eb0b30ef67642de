import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connect, Plugin } from 'vite';
import { type Headers, headersFile, ISOLATION_HEADERS, metaTags, pageHeaders } from './headers.ts';
import { INSTALL_FILES, INSTALL_TAGS } from './install.ts';

const SERVICE_WORKER = fileURLToPath(new URL('../../src/isolation/service-worker.ts', import.meta.url));
const SERVICE_WORKER_FILE = 'service-worker.js';
/** The browser asks for the first itself, and hosts for the others: under its own address the last may come with status 404. */
const NOT_KEPT = [SERVICE_WORKER_FILE, '_headers', '404.html'];
const FILES = '__BUILD__';
const CHARSET = '<meta charset="utf-8" />';

/** Serves the page with its headers, and builds them into it for hosts that send none. */
export function hostHeaders(): Plugin[] {
  let indexHtml = '';
  let output = '';
  let written = false;
  return [
    {
      name: 'host-headers',
      config: ({ root = process.cwd() }) => {
        indexHtml = readFileSync(join(root, 'index.html'), 'utf8');
      },
      // No Content-Security-Policy here: while it develops, Vite has inline scripts and styles of its own.
      configureServer: ({ middlewares }) => {
        middlewares.use(sendAlways(ISOLATION_HEADERS));
      },
      configurePreviewServer: ({ middlewares }) => {
        middlewares.use(sendAlways(pageHeaders(indexHtml)));
      },
    },
    {
      name: 'host-headers-build',
      apply: 'build',
      config: () => ({ define: { PAGE_HEADERS: JSON.stringify(pageHeaders(indexHtml)) } }),
      buildStart() {
        // At the root of the build, since a service worker answers for its own folder.
        this.emitFile({ type: 'chunk', id: SERVICE_WORKER, fileName: SERVICE_WORKER_FILE });
        for (const [fileName, source] of Object.entries(INSTALL_FILES))
          this.emitFile({ type: 'asset', fileName, source });
        this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(pageHeaders(indexHtml)) });
      },
      transformIndexHtml(html) {
        if (!html.includes(CHARSET)) throw new Error(`index.html: no ${CHARSET} to put the policy behind`);
        return html.replace(CHARSET, `${CHARSET}\n${metaTags(indexHtml)}\n${INSTALL_TAGS}`);
      },
      configResolved: ({ root, build: { outDir } }) => {
        output = resolve(root, outDir);
      },
      // Only in closeBundle are all files of the build there, those of `public`, too; it is called after a failed build, too.
      writeBundle: () => {
        written = true;
      },
      closeBundle: () => {
        if (written) listFiles(output);
      },
    },
  ];
}

/**
 * Writes the digests of the build's files, and a hash of them all, into its service worker, which keeps them; that hash into
 * all its pages, too: they know the service worker of their own build by it, and that knows them.
 */
function listFiles(folder: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'))
    .filter((file) => !NOT_KEPT.includes(file))
    .sort();
  const digests = () => Object.fromEntries(names.map((file) => [file, digestOf(readFileSync(join(folder, file)))]));
  const hash = digestOf(JSON.stringify(digests()));
  for (const page of names.filter((file) => file.endsWith('.html'))) {
    const html = readFileSync(join(folder, page), 'utf8');
    if (!html.includes(CHARSET)) throw new Error(`${page}: no ${CHARSET} to put the build behind`);
    writeFileSync(join(folder, page), html.replace(CHARSET, `${CHARSET}\n    <meta name="build" content="${hash}" />`));
  }
  const build = { hash, files: digests() };
  const path = join(folder, SERVICE_WORKER_FILE);
  const code = readFileSync(path, 'utf8');
  if (!code.includes(FILES)) throw new Error(`${SERVICE_WORKER_FILE}: no ${FILES} to put the files in`);
  writeFileSync(path, code.replaceAll(FILES, `(${JSON.stringify(build)})`));
}

/** The first 64 bits of a SHA-256, as the service worker computes them of what the host answers. */
function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * Vite's own option `headers` leaves them out of a 304. WebKit then takes the cached answer to have none, and starts no
 * worker in a page that is isolated.
 */
function sendAlways(headers: Headers): Connect.NextHandleFunction {
  return (_request, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  };
}
