import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headersFile, metaTags, pageHeaders } from './headers.ts';

const INDEX = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');

function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
  const policy = pageHeaders(html)['Content-Security-Policy'] ?? '';
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('inline scripts are allowed by their hashes alone, and inline styles not at all', () => {
  const policy = policyOf(INDEX);
  expect(policy.get('style-src')).toEqual(["'self'"]);
  const scripts = policy.get('script-src') ?? [];
  expect(scripts.filter((source) => source.startsWith("'sha256-"))).toHaveLength(3);
  expect([...policy.values()].flat()).not.toContain("'unsafe-inline'");
  expect([...policy.values()].flat()).not.toContain("'unsafe-eval'");
});

test('a hash is of what an HTML parser hands on, from a checkout with CR LF too', () => {
  const html = '<script>\n  one();\n</script><script type="module" src="/a.ts"></script><script>two()</script>';
  const hashes = [hash('\n  one();\n'), hash('two()')];
  expect(policyOf(html).get('script-src')?.slice(-2)).toEqual(hashes);
  expect(policyOf(html.replaceAll('\n', '\r\n')).get('script-src')?.slice(-2)).toEqual(hashes);
});

test('workers and page may ask Hugging Face, and no other host', () => {
  const hosts = policyOf(INDEX).get('connect-src') ?? [];
  expect(hosts.filter((source) => source.startsWith('https:'))).toEqual([
    'https://huggingface.co',
    'https://*.huggingface.co',
    'https://*.hf.co',
  ]);
});

test('an article may show the page in a frame, also one that is isolated', () => {
  expect(policyOf(INDEX).has('frame-ancestors')).toBe(false);
  expect(pageHeaders(INDEX)).not.toHaveProperty('X-Frame-Options');
  expect(pageHeaders(INDEX)['Cross-Origin-Resource-Policy']).toBe('cross-origin');
});

test('the meta tag and the file for other hosts say what the headers say', () => {
  const headers = pageHeaders(INDEX);
  expect(metaTags(INDEX)).toContain(`content="${headers['Content-Security-Policy']}"`);
  const [path, ...lines] = headersFile(headers).trimEnd().split('\n');
  expect(path).toBe('/*');
  expect(lines).toEqual(Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`));
});

test('the page for addresses without one needs nothing but itself, at whatever depth it stands, and speaks both languages', () => {
  const html = readFileSync(new URL('../../public/404.html', import.meta.url), 'utf8');
  expect(html).not.toMatch(/<script|<style|style=|src=|rel="stylesheet"/);
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(['data:,', './', './']);
  expect(html).toMatch(/<html lang="en">.* lang="zh-CN">/s);
});
