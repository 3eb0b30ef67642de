/** Makes the data only where it is missing, so that everything which needs it can ask for it first. */
import { existsSync } from 'node:fs';
import { PICTURES } from '../src/core/data/pretrained.ts';
import { INDEX_NAME, SAMPLES_NAME, sheetName } from '../src/data/sources/emoji-index.ts';

const files = [
  INDEX_NAME,
  sheetName(16),
  sheetName(32),
  SAMPLES_NAME,
  ...PICTURES.map(({ file }) => `pictures/${file}`),
];
const made = files.every((file) => existsSync(new URL(`../public/data/${file}`, import.meta.url)));
if (!made) await import('./data.ts');
