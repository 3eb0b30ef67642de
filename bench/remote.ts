import type { Entry, Step } from './contenders/contender.ts';
import type { Answer, Request } from './contenders/serve.ts';
import type { Counts } from './contenders/webgpu-counter.ts';

/** A contender in a worker or process of its own. */
export interface Remote {
  readonly name: string;
  readonly detail: string;
  /** Runs `count` steps in a row, 1 by default. */
  step(count?: number): Promise<Step>;
  end(): Promise<void>;
}

/** One that runs a net; a step is a forward pass. */
export interface ForwardRemote extends Remote {
  /** [N * classes]. */
  logits(): Promise<Float32Array>;
}

export interface EngineRemote extends ForwardRemote {
  counts(): Promise<Counts>;
  peakBytes(): Promise<number>;
}

export type Ask = (request: Request) => Promise<Answer>;

/** The answer that a request is for; anything else is thrown. */
export async function expectAnswer<Told extends Answer['told']>(name: string, ask: Ask, request: Request, told: Told) {
  const answer = await ask(request);
  const is = (each: Answer): each is Extract<Answer, { readonly told: Told }> => each.told === told;
  if (is(answer)) return answer;
  throw new Error(`${name}: ${answer.told === 'failed' ? answer.message : `answered ${answer.told}`}`);
}

/** Makes the contender behind a wire. */
export async function connect(name: string, entry: Entry, ask: Ask, end: () => Promise<void>): Promise<EngineRemote> {
  const expect = <Told extends Answer['told']>(request: Request, told: Told) => expectAnswer(name, ask, request, told);
  try {
    const { detail } = await expect({ ask: 'make', entry }, 'made');
    return {
      name,
      detail,
      step: async (count = 1) => (await expect({ ask: 'step', count }, 'step')).step,
      counts: async () => (await expect({ ask: 'count' }, 'counts')).counts,
      peakBytes: async () => (await expect({ ask: 'peak' }, 'peak')).bytes,
      logits: async () => (await expect({ ask: 'logits' }, 'logits')).values,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
