/** Bytes that are read where they are wanted: of a file, or of one that a server has. */
export interface ByteSource {
  /** What complaints call it. */
  readonly name: string;
  readonly size: number;
  /** The bytes from `from` up to `to`, neither fewer nor more. Rejects with a named error. */
  read(from: number, to: number, signal?: AbortSignal): Promise<Uint8Array>;
}

export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}
