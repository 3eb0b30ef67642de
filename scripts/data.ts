/**
 * Makes the data that the page trains on: the emoji of four designers as one sheet, public/data/emoji.png, and
 * its index, emoji.json. The same packages give the same bytes.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { INDEX_NAME, parseEmojiIndex, SHEET_NAME } from '../src/data/emojiIndex.ts';
import { indexOf, planSheet } from './data/plan.ts';
import { readIconSet, SETS } from './data/sets.ts';
import { drawSheet } from './data/sheet.ts';
import { readEmoji } from './data/unicode.ts';
import { writeAtomically } from './data/write.ts';

const folder = fileURLToPath(new URL('../public/data/', import.meta.url));
const emoji = await readEmoji();
const sets = await Promise.all(SETS.map(([designer, packageName]) => readIconSet(designer, packageName)));
const plan = planSheet(emoji, sets);

const bar = new SingleBar({ format: 'drawing emoji {bar} {value}/{total}', clearOnComplete: true });
bar.start(plan.length, 0);
const sheet = await drawSheet(
  plan.map(({ drawing }) => drawing),
  () => bar.increment(),
).finally(() => bar.stop());

const index = Buffer.from(JSON.stringify(indexOf(emoji, sets, plan, sheet.length)));
parseEmojiIndex(index);
await mkdir(folder, { recursive: true });
// The index goes last: it says how many bytes the sheet has, so a new one beside an old sheet is noticed.
await writeAtomically(`${folder}${SHEET_NAME}`, sheet);
await writeAtomically(`${folder}${INDEX_NAME}`, index);
console.log(`data: ${plan.length} images of ${emoji.length} emoji, ${sheet.length} bytes, in public/data/`);
