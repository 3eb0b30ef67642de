import { useEffect } from 'react';
import { droppedFiles } from '../../../ui/controls/dropped-files.ts';
import { useLibrary } from '../../use-stores.ts';

/** Files may be dropped anywhere on the page; without this the browser would leave it for them. */
export function useFileDrop(): void {
  const library = useLibrary();
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || event.dataTransfer === null) return;
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      library.read(droppedFiles(event.dataTransfer));
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [library]);
}
