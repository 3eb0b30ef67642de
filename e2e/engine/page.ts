/** Runs the engine's checks in a worker, as the page runs the engine, on the backend that the address names. */
const backend = new URLSearchParams(location.search).get('backend');
const result = document.querySelector('#result');
if (backend !== null && result !== null) {
  const show = (text: string) => {
    result.textContent = text;
  };
  const worker = new Worker(new URL('./run.ts', import.meta.url), { type: 'module', name: backend });
  worker.onmessage = ({ data }: MessageEvent<string>) => show(data);
  worker.onerror = ({ message }) => show(JSON.stringify({ error: message || 'the worker could not be loaded' }));
}
