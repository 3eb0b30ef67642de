/**
 * A proxy that lets nothing through and remembers what was asked for. A browser context that is sent through it cannot
 * reach another host than its own machine unseen: not from a page, worker, service worker or the browser's preloader.
 */
import { createServer } from 'node:http';

export interface WatchingProxy {
  readonly url: string;
  /** Host and port of every connection, in order. */
  readonly asked: readonly string[];
  close(): void;
}

/** Chromium asks this host about every form that it sees, for its own autofill; no page can prevent that. */
const ASKED_BY_CHROMIUM = 'content-autofill.googleapis.com:443';

export async function startWatchingProxy(): Promise<WatchingProxy> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(new URL(url).host);
    response.writeHead(502).end();
  });
  server.on('connect', ({ url = '' }, socket) => {
    if (url !== ASKED_BY_CHROMIUM) asked.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
