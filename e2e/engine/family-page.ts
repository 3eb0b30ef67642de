/** Runs the ImageNet nets in a worker, as the page runs the engine, on WebGPU. */
const result = document.querySelector('#result');
const show = (text: string) => {
  if (result !== null) result.textContent = text;
};
const worker = new Worker(new URL('./family-run.ts', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }: MessageEvent<string>) => show(data);
worker.onerror = ({ message }) => show(JSON.stringify({ error: message || 'the worker could not be loaded' }));
