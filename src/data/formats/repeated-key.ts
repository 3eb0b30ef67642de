/**
 * The first key that comes twice in the outermost object of a text that is valid JSON; null where none does.
 * `JSON.parse` takes the last of them without a word.
 */
export function repeatedKey(json: string): string | null {
  const keys = new Set<string>();
  let depth = 0;
  let text = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token !== ':') text = token;
    else if (depth === 1) {
      const key: unknown = JSON.parse(text);
      if (typeof key !== 'string') continue;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return null;
}
