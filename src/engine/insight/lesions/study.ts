import type { Lesion, LesionBar, LesionRequest, LesionResult, LesionTrial } from '../../../core/results/lesion.ts';
import type { ReadableWeights } from '../../weights/tensor-map.ts';
import type { Inquiry } from '../measurement.ts';
import { inScope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { ErrorMeter } from './errors.ts';
import { lesioned } from './lesioned.ts';
import { checkLesion, LesionChooser, lesionsOf } from './lesions.ts';

/** Measures a net's error under the lesions of a study. Throws if a lesion does not apply to the net. */
export function studyLesions(
  subject: Subject,
  request: LesionRequest,
  inquiry: Inquiry<LesionResult>,
): Promise<LesionResult> {
  return inScope(async (scope) => {
    const { lane, step, weights } = subject;
    const meter = new ErrorMeter(subject, request.statistics, scope);
    const measure = (lesions: readonly Lesion[]) =>
      inScope(async (own) => {
        const damaged = lesions.reduce<ReadableWeights>(
          (base, lesion) => lesioned(subject, base, lesion, own),
          weights,
        );
        return meter.measure(damaged, inquiry);
      });
    const before = await measure([]);
    switch (request.study) {
      case 'sweep': {
        const bars: LesionBar[] = [];
        const { study, kind } = request;
        const result = (): LesionResult => ({ study, lane, step, before, kind, bars: [...bars] });
        for (const lesion of lesionsOf(subject, kind)) {
          bars.push({ lesion, errors: await measure([lesion]) });
          inquiry.onPart(result());
        }
        return result();
      }
      case 'random': {
        const { study, kind, most, trials, seed } = request;
        const chooser = new LesionChooser(subject, kind, seed);
        const curve: { readonly count: number; readonly trials: readonly LesionTrial[] }[] = [];
        const result = (): LesionResult => ({ study, lane, step, before, kind, curve: [...curve] });
        for (let count = 1; count <= chooser.most(most); count++) {
          const tried: LesionTrial[] = [];
          for (let trial = 0; trial < trials; trial++) {
            const lesions = chooser.choose(count);
            tried.push({ lesions, errors: await measure(lesions) });
          }
          curve.push({ count, trials: tried });
          inquiry.onPart(result());
        }
        return result();
      }
      case 'together': {
        const { study, lesions } = request;
        for (const lesion of lesions) checkLesion(subject, lesion);
        return { study, lane, step, before, lesions, errors: await measure(lesions) };
      }
      default:
        return request satisfies never;
    }
  });
}
