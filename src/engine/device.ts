import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { registerWasmKernels } from './kernels/wasm/register.ts';
export async function startDevice(b: 'wasm'|'cpu'){ registerWasmKernels(); await setBackend(b); }
