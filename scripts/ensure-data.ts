/** Makes the data only where it is missing, so that everything which needs it can ask for it first. */
import { existsSync } from 'node:fs';
import { PICTURES } from '../src/core/data/pretrained.ts';

const files = ['emoji.png', 'emoji.json', ...PICTURES.map(({ file }) => `pictures/${file}`)];
const made = files.every((file) => existsSync(new URL(`../public/data/${file}`, import.meta.url)));
if (!made) await import('./data.ts');
