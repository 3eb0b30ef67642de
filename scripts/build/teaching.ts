import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

const ROOT = new URL('../../', import.meta.url);
const SCRIPT = 'src/teaching/teaching.ts';
const FILES = { page: 'teaching.html', style: 'teaching.css', script: 'teaching.js' } as const;

/** Nothing but the page's own style and script: the policy holds on hosts that send no headers, too. */
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'";

const text = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/**
 * Makes teaching.html, the teacher's page, of the documents that say the same on GitHub. In the build it is a file beside
 * index.html, with a style and a script of its own and nothing of the page's.
 */
export function teachingPage(): Plugin[] {
  return [
    {
      name: 'teaching-page:build',
      apply: 'build',
      buildStart() {
        this.emitFile({ type: 'chunk', id: fileURLToPath(new URL(SCRIPT, ROOT)), fileName: FILES.script });
        this.emitFile({ type: 'asset', fileName: FILES.page, source: teachingHtml(`./${FILES.script}`) });
        this.emitFile({ type: 'asset', fileName: FILES.style, source: styles() });
      },
    },
    {
      name: 'teaching-page:serve',
      apply: 'serve',
      configureServer: ({ middlewares }) => {
        middlewares.use((request, response, next) => {
          const path = (request.url ?? '').replace(/\?.*$/, '');
          const served =
            path === `/${FILES.page}` ? teachingHtml(`/${SCRIPT}`) : path === `/${FILES.style}` && styles();
          if (!served) return next();
          response.setHeader('Content-Type', path.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8');
          response.end(served);
        });
      },
    },
  ];
}

function styles(): string {
  return `${text('src/ui/tokens.css')}\n${text('src/teaching/teaching.css')}`;
}

/** The whole page, both languages in it. */
export function teachingHtml(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${script.startsWith('./') ? POLICY : ''}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Teaching with ResNet Playground</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="./${FILES.style}" />
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <nav aria-label="ResNet Playground">
      <a href="./">ResNet Playground</a>
      <span>
        <a href="?lang=en" data-language="en" lang="en" hreflang="en">EN</a>
        <a href="?lang=zh" data-language="zh" lang="zh-CN" hreflang="zh-CN">中文</a>
      </span>
    </nav>
    <main>
      <article id="en" lang="en">
${htmlOf(text('docs/teaching.md'))}
      </article>
      <article id="zh" lang="zh-CN">
${htmlOf(text('docs/teaching.zh.md'))}
      </article>
    </main>
  </body>
</html>
`;
}

/** A document as HTML. Fields of addresses become links to the page; other documents are no part of the build. */
export function htmlOf(markdown: string): string {
  const marked = new Marked({
    renderer: {
      codespan: ({ text: code }) => {
        const shown = `<code>${escaped(code)}</code>`;
        return code.startsWith('?') ? `<a href="./${escaped(code)}">${shown}</a>` : shown;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        return /^[^:]+\.md$/.test(href) ? words : `<a href="${escaped(href)}">${words}</a>`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false }).replaceAll(/<!--.*?-->\s*/g, '');
  return html
    .replaceAll('<table>', '<div class="table" role="group" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

function escaped(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
