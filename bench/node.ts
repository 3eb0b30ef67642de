import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Entry } from './contenders/contender.ts';
import type { Answer } from './contenders/serve.ts';
import { type Ask, connect, type EngineRemote } from './remote.ts';

/** A process of its own with Dawn in it. */
export function startNode(): { readonly ask: Ask; readonly end: () => Promise<void> } {
  const script = fileURLToPath(new URL('node-contender.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  return {
    ask: (request) =>
      new Promise((resolve) => {
        const ended = (code: number | null) => resolve({ told: 'failed', message: `its process ended with ${code}` });
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

export function makeInNode(name: string, entry: Entry): Promise<EngineRemote> {
  const { ask, end } = startNode();
  return connect(name, entry, ask, end);
}
