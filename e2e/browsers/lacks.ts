import type { JourneyPage } from './journey-page.ts';

/** What the page can use and this browser does not have, each with what was measured. Asked of an open page. */
export function lacksOf(page: JourneyPage): Promise<readonly string[]> {
  return page.run(async () => {
    const { device } = window.playground;
    const folder: unknown = await navigator.storage?.getDirectory?.().catch(() => null);
    const canWrite = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
    const lacks: readonly (readonly [boolean, string])[] = [
      [!('gpu' in navigator), 'WebGPU (no navigator.gpu)'],
      [device?.simd === 'plain', 'relaxed SIMD (WebAssembly.validate refuses its instructions)'],
      [!crossOriginIsolated, 'threads (not cross-origin isolated)'],
      [folder == null, 'a private file system (navigator.storage.getDirectory)'],
      [folder != null && !canWrite, 'files written by streams (FileSystemFileHandle.createWritable)'],
      [!('locks' in navigator), 'locks between tabs (no navigator.locks)'],
    ];
    return lacks.filter(([isLacking]) => isLacking).map(([, name]) => name);
  });
}
