import { fileURLToPath } from 'node:url';
import { createServer, type HtmlTagDescriptor, type Plugin } from 'vite';
import { LANGUAGES } from '../../src/language/languages.ts';

type FirstFrame = typeof import('../../src/first-frame.tsx');

const MODULE = fileURLToPath(new URL('../../src/first-frame.tsx', import.meta.url));
const WINDOWS = ['wide', 'phone'] as const;

/** The address that a frame is rendered for; the page is at a relative one. */
const ADDRESS = 'https://first.frame/';

/**
 * Puts the first frame into the built index.html, as a template for each language and width. A script there shows the one
 * that fits before any other file has come, and React replaces it.
 */
export function firstFrames(): Plugin {
  return {
    name: 'first-frames',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(_, { path }) {
        if (path !== '/index.html') return [];
        const server = await createServer({
          configFile: false,
          logLevel: 'warn',
          appType: 'custom',
          server: { middlewareMode: true, ws: false, watch: null },
          optimizeDeps: { noDiscovery: true },
        });
        try {
          return await frames((await server.ssrLoadModule(MODULE)) as FirstFrame);
        } finally {
          await server.close();
        }
      },
    },
  };
}

async function frames({ firstFrame }: FirstFrame): Promise<HtmlTagDescriptor[]> {
  const templates: HtmlTagDescriptor[] = [];
  for (const width of WINDOWS) {
    for (const language of LANGUAGES) {
      const { html, lang } = await inWindow(width, () => firstFrame(language));
      templates.push({
        tag: 'template',
        attrs: { id: `first-frame-${language}-${width}`, lang },
        children: html.replaceAll(ADDRESS, './'),
        injectTo: 'body-prepend',
      });
    }
  }
  return templates;
}

/** Runs `render` while the globals are those of a window of this width; no other media query matches. */
export async function inWindow<T>(width: (typeof WINDOWS)[number], render: () => Promise<T>): Promise<T> {
  const isNarrow = (query: string) => query.includes('max-width: 640px');
  const window = {
    location: new URL(ADDRESS),
    matchMedia: (query: string) => ({ matches: width === 'phone' && isNarrow(query) }),
  };
  Object.assign(globalThis, window);
  try {
    return await render();
  } finally {
    for (const name of Object.keys(window)) Reflect.deleteProperty(globalThis, name);
  }
}
