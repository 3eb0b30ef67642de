/** Random access to the bytes of a file, local or on a server. */
export interface ByteSource {
  /** Its name in error messages. */
  readonly name: string;
  readonly size: number;
  /** Reads exactly the bytes `from` to `to` (exclusive). Rejects with a named error. */
  read(from: number, to: number, signal?: AbortSignal): Promise<Uint8Array>;
}

export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}
