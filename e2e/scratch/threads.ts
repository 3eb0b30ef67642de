import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend, enableProdMode } from '@tensorflow/tfjs-core';
import { Lane } from '../../src/engine/lane.ts';
import { goldenBatch } from '../../src/engine/checks/golden.ts';
import { registerWasmKernels } from '../../src/engine/kernels/wasm/register.ts';
import { makeNet } from '../../src/spec/net.ts';
const q = new URLSearchParams(self.name);
const n = Number(q.get('threads'));
const hc = Number(q.get('hc') ?? 2 * n);
enableProdMode();
setWasmPaths({ 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm-threaded-simd.wasm': threaded });
Object.defineProperty(navigator, 'hardwareConcurrency', { value: hc, configurable: true });
if (n >= 0) setThreadsCount(n);
registerWasmKernels();
self.onmessage = () => {};
const t0 = performance.now();
setBackend('wasm').then(async (ok) => {
  const started = performance.now() - t0;
  const depth = Number(q.get('depth') ?? 32);
  const lane = new Lane(makeNet('residual', depth), 16, 4, 1);
  const batch = goldenBatch({ batch: Number(q.get('batch') ?? 64), size: 16, classes: 4 });
  const times: number[] = [];
  const steps = Number(q.get('steps') ?? 12);
  let loss = 0;
  for (let i = 0; i < steps; i++) {
    const t = performance.now();
    const m = lane.step(batch, { rate: 0.03, momentum: 0.9, decay: 1e-4 });
    loss = (await m.data())[0] ?? NaN;
    m.dispose();
    times.push(performance.now() - t);
  }
  times.sort((a, b) => a - b);
  self.postMessage(JSON.stringify({ ok, asked: n, hc, got: getThreadsCount(), isolated: crossOriginIsolated, started: Math.round(started), min: times[0]?.toFixed(1), median: times[times.length >> 1]?.toFixed(1), loss }));
}, (e) => self.postMessage('ERR ' + JSON.stringify(e) + String(e)));
