import { MEASURED } from '../../src/core/data/measured.ts';
import { EMOJI_VERSION } from '../../src/core/experiment/experiment.ts';
import { SAMPLES_PER_CLASS, sampleOf } from '../../src/data/batches/race-data.ts';
import { Random } from '../../src/data/batches/random.ts';
import { crc32 } from '../../src/data/formats/png.ts';
import { encodeTiles, quantised } from '../../src/data/formats/tiles/tiles.ts';
import type { EmojiIndex } from '../../src/data/sources/emoji-index.ts';
import { samplesOf } from '../../src/data/summary.ts';
import { type DesignImage, draw, LARGE, SHOWN, SMALL } from './images.ts';
import { familiesOf } from './kinship.ts';
import { nearTwins } from './near-twins.ts';
import type { IconSet } from './sets.ts';
import { type Emoji, GROUPS } from './unicode.ts';

/** The files of the emoji: sheets of all images at 16×16 and at 32×32, one of those that the page shows, and the index. */
export interface EmojiFiles {
  readonly index: EmojiIndex;
  readonly small: Uint8Array;
  readonly large: Uint8Array;
  readonly samples: Uint8Array;
}

/** Splits the images between training and testing, and encodes them. */
export async function buildFiles(
  emoji: readonly Emoji[],
  sets: readonly IconSet[],
  images: readonly DesignImage[],
): Promise<EmojiFiles> {
  const kinds = images.map(({ designer }) => designer);
  const sheet = (size: number, tiles: readonly Uint8Array[], of = kinds) =>
    encodeTiles(Uint8Array.from(Buffer.concat(tiles)), { size, kinds: of });
  const small = sheet(
    SMALL,
    images.map((image) => image.small),
  );
  const large = sheet(
    LARGE,
    images.map((image) => image.large),
  );
  const test = testSide(emoji, images);
  const shown = shownImages(emoji, images, test);
  const drawn = await Promise.all(shown.map((image) => drawLarge(images[image])));
  const samples = sheet(
    SHOWN,
    drawn,
    shown.map((image) => kinds[image] ?? 0),
  );
  const file = (size: number, bytes: Uint8Array) => ({ size, bytes: bytes.length, crc: crc32(bytes) });
  const index: EmojiIndex = {
    format: EMOJI_VERSION,
    sheets: [file(SMALL, small), file(LARGE, large)],
    samples: { ...file(SHOWN, samples), images: shown },
    designers: sets.map(({ designer }) => designer),
    groups: GROUPS.map(([, name]) => name),
    emoji: {
      characters: emoji.map(({ characters }) => characters),
      names: emoji.map(({ name }) => name),
      groups: emoji.map(({ group }) => group),
      test,
    },
    images: { emoji: images.map((image) => image.emoji), designers: kinds },
    credits: sets.map(({ credit }) => credit),
  };
  return { index, small, large, samples };
}

async function drawLarge(image: DesignImage | undefined): Promise<Uint8Array> {
  if (image === undefined) throw new Error('data: an image to be shown is none of the sheet');
  return draw(image.drawing, SHOWN);
}

/**
 * Each emoji's side, 1 for testing. Families of kin stay together: in each group those whose hashes are lowest are for
 * testing, as many as make up a fifth of the group, so that both sides have the groups in the same proportions.
 */
function testSide(emoji: readonly Emoji[], images: readonly DesignImage[]): readonly number[] {
  const pixels = Uint8Array.from(Buffer.concat(images.map(({ small }) => small.map(quantised))));
  const emojiOf = (image: number) => images[image]?.emoji ?? 0;
  const alike = nearTwins(pixels, SMALL).map(([a, b]) => [emojiOf(a), emojiOf(b)] as const);
  const families = familiesOf(emoji, alike);
  const members = new Map<number, number[]>();
  for (const [number, family] of families.entries()) members.set(family, [...(members.get(family) ?? []), number]);
  const hash = (number: number) => new Random(`test/${emoji[number]?.points}`).uint32();
  const test = new Set<number>();
  for (const group of GROUPS.keys()) {
    let room = Math.round(emoji.filter((each) => each.group === group).length / 5);
    const roots = [...members.keys()].filter((number) => emoji[number]?.group === group);
    for (const root of roots.sort((a, b) => hash(a) - hash(b))) {
      const family = members.get(root) ?? [];
      if (family.length > room) continue;
      room -= family.length;
      for (const number of family) test.add(number);
    }
  }
  return emoji.map((_, number) => (test.has(number) ? 1 : 0));
}

/** The images that the page shows: test images, and training images of every class of both tasks. In ascending order. */
function shownImages(
  emoji: readonly Emoji[],
  images: readonly DesignImage[],
  test: readonly number[],
): readonly number[] {
  const side = (wanted: number) => [...images.keys()].filter((image) => test[images[image]?.emoji ?? 0] === wanted);
  const [training, testing] = [side(0), side(1)];
  const labelled = (of: (image: DesignImage) => number, classes: number) => {
    const labels = Uint8Array.from(training, (image) => of(images[image] ?? fail()));
    return samplesOf({ labels }, classes, SAMPLES_PER_CLASS, MEASURED.seed).flat();
  };
  const chosen = [
    ...labelled(({ designer }) => designer, 1 + Math.max(...images.map(({ designer }) => designer))),
    ...labelled((image) => emoji[image.emoji]?.group ?? 0, GROUPS.length),
  ].map((at) => training[at] ?? 0);
  const labels = new Uint8Array(testing.length);
  const shown = [...sampleOf({ labels }, MEASURED.shown, MEASURED.seed)].map((at) => testing[at] ?? 0);
  return [...new Set([...chosen, ...shown])].sort((a, b) => a - b);
}

function fail(): never {
  throw new Error('data: no such image');
}
