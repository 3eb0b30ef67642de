/** An implementation in a process of its own, on Dawn; bench/gpu.ts starts it and talks to it. */

import { startDawn } from '../scripts/dawn.ts';
import { type Request, serve } from './implementations/serve.ts';

await startDawn();
const answer = serve(null);
process.on('message', async (request: Request) => {
  process.send?.(await answer(request));
});
// Dawn would keep it alive.
process.on('disconnect', () => process.exit());
