/** Makes the data only where it is missing, so that everything which needs it can ask for it first. */
import { existsSync } from 'node:fs';

const made = ['emoji.png', 'emoji.json'].every((file) =>
  existsSync(new URL(`../public/data/${file}`, import.meta.url)),
);
if (!made) await import('./data.ts');
