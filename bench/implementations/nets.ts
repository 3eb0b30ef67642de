import { addN, dispose, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { disposeBatch, upload } from '../../src/engine/training/device-batch.ts';
import { Model } from '../../src/engine/training/model.ts';
import { batchOf, CLASSES, netOf, RATES, SEED, type Task } from '../task.ts';

/** Nets of the engine in training, on the backend that is tfjs' own now. */
export interface Nets {
  /** Asks for a step of each; gives the metrics of each. */
  readonly ask: () => Tensor[];
  /** Runs `count` steps in a row; resolves with the mean of the last losses when all are done. */
  readonly step: (count: number) => Promise<number>;
  readonly dispose: () => void;
}

export function makeNets(task: Task, lanes = 1): Nets {
  const batch = upload(batchOf(task), task.size, CLASSES);
  const nets = Array.from({ length: lanes }, () => new Model(netOf(task), task.size, CLASSES, SEED));
  const ask = () => nets.map((net) => net.step(batch, RATES));
  return {
    ask,
    step: async (count) => {
      for (let nth = 1; nth < count; nth++) dispose(ask());
      const metrics = ask();
      const mean = tidy(() => mul(addN(metrics), 1 / lanes));
      dispose(metrics);
      const [loss = Number.NaN] = await mean.data<'float32'>();
      mean.dispose();
      return loss;
    },
    dispose: () => {
      for (const net of nets) net.dispose();
      disposeBatch(batch);
    },
  };
}
