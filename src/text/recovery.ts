import type { BackendName, DeviceInfo } from '../spec/device.ts';
import { deviceText } from './device.ts';
import { BACKEND_TEXT } from './ui.ts';

/** What is to be said of a device that was lost, and of where the race goes on. */
export interface RecoveryFacts {
  readonly loss: { readonly backend: BackendName; readonly reason: string };
  readonly step: number;
  readonly device: DeviceInfo;
}

/** What happened, and where and on what the race goes on. */
export function recoverySentence({ loss, step, device }: RecoveryFacts): string {
  const lost = BACKEND_TEXT[loss.backend];
  const why = loss.reason === '' ? `The browser took ${lost} away.` : `${lost} says: “${loss.reason}”.`;
  const passedOver = device.passedOver.find(({ backend }) => backend === loss.backend);
  const left = passedOver === undefined ? '' : ` No ${lost} any more: ${passedOver.reason}.`;
  return `${why}${left} The race goes on from step ${step}, on ${deviceText(device)}.`;
}
