import { WASM_FILES } from '../../src/engine/device/wasm-files.ts';
import { type Request, serve } from '../implementations/serve.ts';

const answer = serve(WASM_FILES);
self.onmessage = async ({ data }: MessageEvent<Request>) => self.postMessage(await answer(data));
