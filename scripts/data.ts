/**
 * Makes the data that the page trains on: the emoji of four designers as sheets of tiles in public/data, and their index;
 * beside them a few large drawings for the nets of ImageNet, in pictures/. The same packages give the same bytes.
 */
import '../src/language/speak-english.ts';
import { mkdir } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { INDEX_NAME, parseEmojiIndex, SAMPLES_NAME, sheetName } from '../src/data/sources/emoji-index.ts';
import { EMOJI_FOLDER, writeAtomically } from './data/files.ts';
import { drawDesigns, LARGE, listDesigns, SMALL } from './data/images.ts';
import { drawPictures } from './data/pictures.ts';
import { readIconSet, SETS } from './data/sets.ts';
import { buildFiles } from './data/sheet.ts';
import { readEmoji } from './data/unicode.ts';

const emoji = await readEmoji();
const sets = await Promise.all(SETS.map(([designer, packageName]) => readIconSet(designer, packageName)));
const designs = listDesigns(emoji, sets);

const bar = new SingleBar({ format: 'drawing emoji {bar} {value}/{total}', clearOnComplete: true });
bar.start(designs.length, 0);
const images = await drawDesigns(designs, (count) => bar.update(count)).finally(() => bar.stop());
const { index, small, large, samples } = await buildFiles(emoji, sets, images);
const json = Buffer.from(JSON.stringify(index));
parseEmojiIndex(json);

await mkdir(EMOJI_FOLDER, { recursive: true });
const [first] = sets;
if (first !== undefined) await drawPictures(first, `${EMOJI_FOLDER}pictures/`);
// The index has the sheets' checksums, so a new one beside an old one is noticed.
await writeAtomically(`${EMOJI_FOLDER}${sheetName(SMALL)}`, small);
await writeAtomically(`${EMOJI_FOLDER}${sheetName(LARGE)}`, large);
await writeAtomically(`${EMOJI_FOLDER}${SAMPLES_NAME}`, samples);
await writeAtomically(`${EMOJI_FOLDER}${INDEX_NAME}`, json);
const bytes = `${small.length} bytes at ${SMALL}x${SMALL}, ${large.length} at ${LARGE}x${LARGE}, ${samples.length} of samples`;
// Standard output is that of the program which asked for the data.
console.error(`data: ${images.length} images of ${emoji.length} emoji, ${bytes}, in public/data/`);
