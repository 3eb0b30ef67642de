/**
 * Makes the data that the page trains on: the emoji of four designers as one sheet, public/data/emoji.png, and
 * its index, emoji.json; beside them a few large drawings for the nets of ImageNet, in pictures/. The same packages
 * give the same bytes.
 */
import '../src/language/speak-english.ts';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { INDEX_NAME, parseEmojiIndex, SHEET_NAME } from '../src/data/sources/emoji-index.ts';
import { writeAtomically } from './data/files.ts';
import { drawDesigns, listDesigns } from './data/images.ts';
import { drawPictures } from './data/pictures.ts';
import { readIconSet, SETS } from './data/sets.ts';
import { buildIndex, encodeSheet } from './data/sheet.ts';
import { readEmoji } from './data/unicode.ts';

const folder = fileURLToPath(new URL('../public/data/', import.meta.url));

const emoji = await readEmoji();
const sets = await Promise.all(SETS.map(([designer, packageName]) => readIconSet(designer, packageName)));
const designs = listDesigns(emoji, sets);

const bar = new SingleBar({ format: 'drawing emoji {bar} {value}/{total}', clearOnComplete: true });
bar.start(designs.length, 0);
const images = await drawDesigns(designs, (count) => bar.update(count)).finally(() => bar.stop());
const sheet = await encodeSheet(images.map(({ tile }) => tile));
const index = Buffer.from(JSON.stringify(buildIndex(emoji, sets, images, sheet.length)));
parseEmojiIndex(index);

await mkdir(folder, { recursive: true });
const [first] = sets;
if (first !== undefined) await drawPictures(first, `${folder}pictures/`);
// The index says how many bytes the sheet has, so a new one of them beside an old one is noticed.
await writeAtomically(`${folder}${SHEET_NAME}`, sheet);
await writeAtomically(`${folder}${INDEX_NAME}`, index);
console.log(`data: ${images.length} images of ${emoji.length} emoji, ${sheet.length} bytes, in public/data/`);
