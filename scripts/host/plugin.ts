import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connect, Plugin } from 'vite';
import { type Headers, headersFile, ISOLATION_HEADERS, metaTags, pageHeaders } from './headers.ts';

const SERVICE_WORKER = fileURLToPath(new URL('../../src/isolation/service-worker.ts', import.meta.url));
const CHARSET = '<meta charset="utf-8" />';

/** Serves the page with its headers, and builds them into it for hosts that send none. */
export function hostHeaders(): Plugin[] {
  let indexHtml = '';
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
        this.emitFile({ type: 'chunk', id: SERVICE_WORKER, fileName: 'isolation.js' });
        this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(pageHeaders(indexHtml)) });
      },
      transformIndexHtml(html) {
        if (!html.includes(CHARSET)) throw new Error(`index.html: no ${CHARSET} to put the policy behind`);
        return html.replace(CHARSET, `${CHARSET}\n${metaTags(indexHtml)}`);
      },
    },
  ];
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
