/** A user's file, and its path with the folders that it was in. */
export interface GivenFile {
  readonly path: string;
  readonly blob: Blob;
}
