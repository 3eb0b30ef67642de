import type { Entry, Step } from './implementations/implementation.ts';
import type { Answer, Request } from './implementations/serve.ts';
import type { Counts } from './implementations/webgpu-counter.ts';

/** A implementation in a worker or process of its own. */
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
export async function expectAnswer<Type extends Answer['type']>(name: string, ask: Ask, request: Request, type: Type) {
  const answer = await ask(request);
  const is = (each: Answer): each is Extract<Answer, { readonly type: Type }> => each.type === type;
  if (is(answer)) return answer;
  throw new Error(`${name}: ${answer.type === 'failed' ? answer.message : `answered ${answer.type}`}`);
}

/** Makes the implementation behind a wire. */
export async function connect(name: string, entry: Entry, ask: Ask, end: () => Promise<void>): Promise<EngineRemote> {
  const expect = <Type extends Answer['type']>(request: Request, type: Type) => expectAnswer(name, ask, request, type);
  try {
    const { detail } = await expect({ type: 'make', entry }, 'made');
    return {
      name,
      detail,
      step: async (count = 1) => (await expect({ type: 'step', count }, 'step')).step,
      counts: async () => (await expect({ type: 'count' }, 'counts')).counts,
      peakBytes: async () => (await expect({ type: 'peak' }, 'peak')).bytes,
      logits: async () => (await expect({ type: 'logits' }, 'logits')).values,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
