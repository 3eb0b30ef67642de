import type { BackendName, DeviceInfo } from '../../../core/experiment/device.ts';
import { sayIt } from '../../../language/sentence.ts';
import { BACKEND_TEXT } from '../../../ui/strings.ts';
import { deviceText } from '../device-strings.ts';

/** What is to be said of a device or a worker that was lost, and of where the race goes on. */
export type RecoveryFacts = DeviceFacts | WorkerFacts;

interface DeviceFacts {
  readonly from: 'device';
  readonly loss: { readonly backend: BackendName; readonly reason: string };
  readonly step: number;
  readonly device: DeviceInfo;
}

interface WorkerFacts {
  readonly from: 'worker';
  readonly end: { readonly how: string; readonly reason: string };
  readonly step: number;
  readonly lost: number;
  readonly training: boolean;
}

/** What happened, in a few words. */
export function recoveryTitle(facts: RecoveryFacts): string {
  if (facts.from === 'device') return 'The device was lost';
  return facts.end.how === 'wounded' ? 'An error in the training worker' : 'The training worker ended';
}

/** What happened, and where and on what the race goes on. */
export function recoverySentence(facts: RecoveryFacts): string {
  return facts.from === 'device' ? deviceSentence(facts) : workerSentence(facts);
}

function deviceSentence({ loss, step, device }: DeviceFacts): string {
  const lost = BACKEND_TEXT[loss.backend];
  const why = loss.reason === '' ? `The browser took ${lost} away.` : `${lost} says: “${loss.reason}”.`;
  const passedOver = device.passedOver.find(({ backend }) => backend === loss.backend);
  const left = passedOver === undefined ? '' : ` No ${lost} any more: ${sayIt(passedOver.reason)}.`;
  return `${why}${left} The race goes on from step ${step}, on ${deviceText(device)}.`;
}

function workerSentence({ end, step, lost, training }: WorkerFacts): string {
  const why = end.reason === '' ? 'The browser does not say why.' : `It says: “${end.reason}”.`;
  const going = `${training ? 'Training' : 'The race'} goes on from step ${step} in a new worker`;
  if (lost === 0) return `${why} ${going}; nothing was lost.`;
  return `${why} ${going}; ${lost === 1 ? '1 step was' : `${lost} steps were`} lost.`;
}
