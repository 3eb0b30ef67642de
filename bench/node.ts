import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Entry } from './implementations/implementation.ts';
import type { Answer } from './implementations/serve.ts';
import { type Ask, connect, type EngineRemote } from './remote.ts';

/** A process of its own with Dawn in it. */
export function startNode(): { readonly ask: Ask; readonly end: () => Promise<void> } {
  const script = fileURLToPath(new URL('node-implementation.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  return {
    ask: (request) =>
      new Promise((resolve) => {
        const ended = (code: number | null) => resolve({ type: 'failed', message: `its process ended with ${code}` });
        child.once('exit', ended);
        child.once('message', (answer: Answer) => {
          child.off('exit', ended);
          resolve(answer);
        });
        child.send(request);
      }),
    end: async () => {
      child.kill();
    },
  };
}

export function startInNode(name: string, entry: Entry): Promise<EngineRemote> {
  const { ask, end } = startNode();
  return connect(name, entry, ask, end);
}
