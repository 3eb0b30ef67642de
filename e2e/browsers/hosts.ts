import { preview } from 'vite';
import { serveStatically } from '../support/static-host.ts';

export interface Host {
  /** Ends with a slash. */
  readonly url: string;
  /** Whether it sends the headers of cross-origin isolation. */
  readonly headers: boolean;
  close(): Promise<void>;
}

/** The built page as `npm run preview` serves it, with headers. */
export async function hostWithHeaders(folder: string): Promise<Host> {
  const server = await preview({ build: { outDir: folder }, preview: { port: 0 }, logLevel: 'warn' });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('the preview has no address');
  return { url, headers: true, close: () => server.close() };
}

/** The built page in a folder of a host that sends no headers, as GitHub Pages does. */
export async function bareHost(folder: string): Promise<Host> {
  const host = await serveStatically(folder);
  return { url: host.url, headers: false, close: async () => host.close() };
}
