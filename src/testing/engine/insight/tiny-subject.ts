import { nameLanes } from '../../../core/experiment/experiment.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import type { Parameter } from '../../../core/net/operation-facts.ts';
import { makeSubject, type Subject } from '../../../engine/insight/subject.ts';
import { disposeBatch, upload } from '../../../engine/training/device-batch.ts';
import { Model } from '../../../engine/training/model.ts';
import { initialValues } from '../../../engine/weights/initial.ts';
import { tinyData } from '../tiny-race.ts';

/** A net on the tiny races' images after `steps` steps. The caller disposes of its weights. */
export function tinySubject(net: NetSpec, steps: number, seed = 1): Subject {
  const data = tinyData();
  const model = new Model(net, data.size, data.classes, seed);
  for (let step = 0; step < steps; step++) {
    const batch = upload(data.batch(step), data.size, data.classes);
    model.step(batch, { rate: 0.03, momentum: 0.9, decay: 1e-4 }).dispose();
    disposeBatch(batch);
  }
  const [stateTensors, { gains }] = [model.stateTensors(), model];
  const [name = ''] = nameLanes([net]).map((spec) => spec.name);
  const initial = (parameter: Parameter) => initialValues(parameter, seed);
  const subject = makeSubject({ lane: name, step: steps, net, data, initial, stateTensors, gains });
  model.dispose();
  return subject;
}
