/**
 * GBK, in which Chinese Windows writes file names and tables that do not say so. Almost any bytes are some text in it: names
 * with accents, as "garçon" in the code page of DOS, are characters that are hardly ever written, and a few of its words are
 * UTF-8, too. So texts are taken for GBK only where all of them are text in it, and one that is not UTF-8 has one of the
 * usual characters (GB 2312).
 */

/** Whether these texts, which are of one origin, are in GBK. */
export function isGbk(texts: readonly Uint8Array[]): boolean {
  if (!texts.some((bytes) => hasUsual(bytes) && strictText(bytes, 'utf-8') === null)) return false;
  return texts.every((bytes) => {
    const text = strictText(bytes, 'gbk');
    // Some codes stand for what each program likes.
    return text !== null && !/[\ue000-\uf8ff]/.test(text);
  });
}

/** The text of bytes in an encoding; null where some of them stand for nothing. A mark of the encoding is left out. */
export function strictText(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gbk'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function hasUsual(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const [lead, trail] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
    if (lead <= 0x80) continue;
    if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe) return true;
    // Two bytes a character, or four where the second is a digit.
    at += trail >= 0x30 && trail <= 0x39 ? 3 : 1;
  }
  return false;
}
