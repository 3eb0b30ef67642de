/**
 * The headers with which the page is served, all in one place. The Vite plugin beside this file puts them into
 * `vite` and `vite preview`, the built page's meta tags, its service worker, and a `_headers` file.
 */
import { createHash } from 'node:crypto';

/** HTTP header values by header name. */
export type Headers = Readonly<Record<string, string>>;

/**
 * They make the page cross-origin isolated: without that there is no shared memory, and wasm has one thread. By the
 * third, another page that is isolated may show this one in a frame.
 */
export const ISOLATION_HEADERS: Headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** A link that is followed, and a data set that is fetched, are told nothing of the page's address. */
const REFERRER_POLICY = 'no-referrer';

/**
 * What the page and its workers may load. There is no `frame-ancestors`: anybody may show the page in a frame, such as
 * in an article; it holds no account that a click could be stolen from.
 */
function contentSecurityPolicy(indexHtml: string): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    // WebAssembly is compiled, and the threads of tfjs run scripts from blobs.
    'script-src': ["'self'", "'wasm-unsafe-eval'", 'blob:', ...inlineScripts(indexHtml).map(sourceHash)],
    'worker-src': ["'self'", 'blob:'],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    // Weights and data sets that a person asks for: Hugging Face redirects to storage hosts of its own.
    'connect-src': [
      "'self'",
      'blob:',
      'data:',
      'https://huggingface.co',
      'https://*.huggingface.co',
      'https://*.hf.co',
    ],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** All headers of the built page and of every file of it. */
export function pageHeaders(indexHtml: string): Headers {
  return {
    ...ISOLATION_HEADERS,
    'Content-Security-Policy': contentSecurityPolicy(indexHtml),
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
    'Referrer-Policy': REFERRER_POLICY,
    'X-Content-Type-Options': 'nosniff',
  };
}

/** The headers that a page can set itself, as `<meta>` tags for its head, before the first script. */
export function metaTags(indexHtml: string): string {
  return [
    `    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(indexHtml)}" />`,
    `    <meta name="referrer" content="${REFERRER_POLICY}" />`,
  ].join('\n');
}

/** Netlify and Cloudflare Pages read this format from a file named `_headers`. */
export function headersFile(headers: Headers): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
  return `/*\n${lines.join('')}`;
}

/** The texts of the classic inline scripts of a page. */
function inlineScripts(html: string): readonly string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);
}

/** A script as a Content-Security-Policy names it. HTML parsers read CR LF as LF. */
function sourceHash(script: string): string {
  return `'sha256-${createHash('sha256').update(script.replaceAll('\r\n', '\n')).digest('base64')}'`;
}
