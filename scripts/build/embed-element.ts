import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const SOURCE = fileURLToPath(new URL('../../src/embed/element.ts', import.meta.url));
const FILE = 'embed.js';

/** The most that an article loads before its reader comes near the widget, in bytes. */
const LIMIT = 3000;

/** Builds embed.js, the element for other pages: one classic script at the root, under a name that stays. */
export function embedElement(): Plugin {
  return {
    name: 'embed-element',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: SOURCE, fileName: FILE });
    },
    generateBundle(_, bundle) {
      const chunk = bundle[FILE];
      if (chunk?.type !== 'chunk') return;
      if (chunk.imports.length > 0) this.error(`${FILE}: imports ${chunk.imports.join(', ')}, and must stand alone`);
      // Its names must not meet those of the page that loads it.
      chunk.code = `(()=>{${chunk.code.trim()}})();\n`;
      if (chunk.code.length > LIMIT) this.error(`${FILE}: ${chunk.code.length} bytes, and may have ${LIMIT}`);
    },
  };
}
