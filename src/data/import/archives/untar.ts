import { phraseOf, SaidError, type Sentence, sentence } from '../../../language/sentence.ts';
import { archiveFault, type Entry } from '../entry.ts';
import { isGbk, strictText } from '../gbk.ts';
import { TarBlocks } from './tar-blocks.ts';

/** Bytes that the attributes of a file, its long name among them, may have. */
const MOST_ATTRIBUTES = 2 ** 20;

/**
 * The files of a tar archive, or of several that follow each other. Throws a `DataError` that names the archive where it
 * is damaged or cut short.
 */
export async function* untar(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Entry> {
  const told = <T>(reading: Promise<T>): Promise<T> =>
    reading.catch((cause: unknown) => {
      const problem = sentence('data.file.cutBecause', { reason: phraseOf(cause) });
      throw archiveFault(name, problem, sentence('data.remedy.again'), cause);
    });
  const blocks = new TarBlocks(pieces);
  try {
    for (;;) {
      const file = await told(nextFile(blocks));
      if (file === null) return;
      let left = file.size;
      const some = async () => {
        const piece = await told(blocks.some(left));
        left -= piece.length;
        return piece;
      };
      async function* read(): AsyncGenerator<Uint8Array> {
        while (left > 0) yield await some();
      }
      if (!file.isFolder) yield { path: file.path, fault: file.fault, read };
      while (left > 0) await some();
      await told(blocks.endFile(file.size));
    }
  } finally {
    await blocks.end();
  }
}

interface TarFile {
  readonly path: string;
  /** Number of bytes that follow its header. */
  readonly size: number;
  readonly isFolder: boolean;
  readonly fault: Sentence | null;
}

/** Attributes that stand before the header of a file, whose own have less room. */
interface Attributes {
  readonly path?: Uint8Array;
  readonly size?: number;
  readonly isSparse?: boolean;
}

/** The header of the next file, after which its bytes follow; null at the end. */
async function nextFile(blocks: TarBlocks): Promise<TarFile | null> {
  let attributes: Attributes = {};
  for (;;) {
    const block = await blocks.next();
    if (block === null) return null;
    // The end of an archive, behind which is padding or another archive.
    if (block.every((byte) => byte === 0)) continue;
    if (checksumOf(block) !== octal(block.subarray(148, 156))) throw new SaidError(sentence('data.archive.checksum'));
    const type = String.fromCharCode(block[156] ?? 0);
    const size = sizeIn(block.subarray(124, 136));
    if (type === 'x' || type === 'L') {
      const bytes = await blocks.take(size, MOST_ATTRIBUTES);
      attributes = { ...attributes, ...(type === 'x' ? paxAttributes(bytes) : { path: untilNul(bytes) }) };
    } else if (type === 'g' || type === 'K') {
      // Of the whole archive, or where a link leads.
      await blocks.take(size, MOST_ATTRIBUTES);
    } else {
      // The list of the gaps of a sparse file may go on in further blocks.
      let goesOn = type === 'S' && block[482] === 1;
      while (goesOn) goesOn = (await blocks.next())?.[504] === 1;
      const path = nameOf(attributes.path ?? pathIn(block));
      return {
        path,
        size: BODILESS.has(type) ? 0 : (attributes.size ?? size),
        isFolder: type === '5' || path.endsWith('/'),
        fault: faultOf(type, attributes.isSparse === true || type === 'S'),
      };
    }
  }
}

/** Types of what is no file. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['3', 'character-device'],
  ['4', 'block-device'],
  ['6', 'fifo'],
]);
/** Types whose headers nothing follows, whatever size they have. */
const BODILESS: ReadonlySet<string> = new Set(['1', '2', '5', ...OTHERS.keys()]);

function faultOf(type: string, isSparse: boolean): Sentence | null {
  if (type === '1' || type === '2') return sentence('data.file.link');
  const other = OTHERS.get(type);
  if (other !== undefined) return sentence('data.file.notFile', { type: other });
  return isSparse ? sentence('data.file.sparse') : null;
}

/** The sum of a header's bytes, of which those of the sum itself count as spaces. */
function checksumOf(block: Uint8Array): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function octal(field: Uint8Array): number {
  return Number.parseInt(asciiOf(untilNul(field)).trim() || '0', 8);
}

/** An octal number, or where the first bit is set one to the base of 256, as large ones are written. */
function sizeIn(field: Uint8Array): number {
  const isLarge = (field[0] ?? 0) >= 0x80;
  return isLarge ? field.reduce((sum, byte, at) => 256 * sum + (at === 0 ? byte & 0x7f : byte), 0) : octal(field);
}

/** The path in a header: its beginning has a field of its own, which GNU's headers use for something else. */
function pathIn(block: Uint8Array): Uint8Array {
  const name = untilNul(block.subarray(0, 100));
  const folder =
    asciiOf(block.subarray(257, 263)) === 'ustar\0' ? untilNul(block.subarray(345, 500)) : new Uint8Array();
  return folder.length === 0 ? name : Uint8Array.of(...folder, SLASH, ...name);
}

const [SPACE, SLASH, EQUALS] = [0x20, 0x2f, 0x3d];

/** The attributes in records such as "21 path=cat/1.png\n", which begin with their length. */
function paxAttributes(bytes: Uint8Array): Attributes {
  const records = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const length = Number(asciiOf(bytes.subarray(at, Math.max(at, space))));
    const end = at + length;
    if (!(end > space && end <= bytes.length)) break;
    const equals = bytes.indexOf(EQUALS, space);
    if (equals > space && equals < end)
      records.set(asciiOf(bytes.subarray(space + 1, equals)), bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  const [path, size] = [records.get('path'), records.get('size')];
  return {
    ...(path !== undefined && { path }),
    ...(size !== undefined && { size: Number(asciiOf(size)) }),
    isSparse: [...records.keys()].some((key) => key.startsWith('GNU.sparse.')),
  };
}

/**
 * A name that does not say its encoding: in UTF-8 or as Chinese Windows writes it, else in Latin-1, in which different
 * names stay different.
 */
function nameOf(bytes: Uint8Array): string {
  return strictText(bytes, 'utf-8') ?? (isGbk([bytes]) ? strictText(bytes, 'gbk') : null) ?? asciiOf(bytes);
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function asciiOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
