import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** What the entry imports at once, but late enough for a choice before: its files need not wait for the entry. */
const PAGE = fileURLToPath(new URL('../../src/playground.tsx', import.meta.url));

/** Has the built index.html fetch the page's chunk, and those that it imports, beside the entry. */
export function preloadPage(): Plugin {
  return {
    name: 'preload-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle = {} }) {
        if (path !== '/index.html') return [];
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId === PAGE);
        if (page === undefined) throw new Error(`preload: no chunk of ${PAGE}`);
        const needed = [page.fileName, ...importsOf(page, bundle)];
        return needed
          .filter((file) => !html.includes(file))
          .map((file): HtmlTagDescriptor => {
            return {
              tag: 'link',
              attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
              injectTo: 'head',
            };
          });
      },
    },
  };
}

/** Files of all static imports of a chunk, and of theirs. */
function importsOf(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): readonly string[] {
  const found = new Set<string>();
  const follow = ({ imports }: Rolldown.OutputChunk) => {
    for (const file of imports) {
      const imported = bundle[file];
      if (found.has(file) || imported?.type !== 'chunk') continue;
      found.add(file);
      follow(imported);
    }
  };
  follow(chunk);
  return [...found];
}
