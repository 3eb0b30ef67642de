/** Address of a page that is no part of the build: a server for development has it, on the port behind that of the build. */
export function developed(path: string, baseURL: string | undefined): string {
  const url = new URL(path, baseURL);
  url.port = String(Number(url.port) + 1);
  return url.href;
}
