/** A link's address must outlive the click: WebKit and Firefox read the file afterwards. In milliseconds. */
const ADDRESS_LIFETIME = 60_000;

/** Offers the browser a file to save. This is the only way in which the page saves files. */
export function saveFile(name: string, content: Blob | Uint8Array<ArrayBuffer> | string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LIFETIME);
}

/** A name that every file system takes: "resnet-20-b". */
export function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'net'
  );
}
