import { BACKEND_NAMES, type BackendName, type RunDevice, type Simd } from '../../core/experiment/device.ts';
import { listed, say } from '../../language/say.ts';
import { type Phrase, sayIt } from '../../language/sentence.ts';
import type { Recovery } from './state.ts';

/** What the device menu says of the wasm kernels that run here. */
export function simdNote(simd: Simd): string {
  return say('story.simdNote', { simd });
}

/** "WebAssembly: 2 threads, relaxed SIMD" */
export function deviceText({ backend, adapter, simd }: RunDevice): string {
  const device = { backend: BACKEND_NAMES[backend], adapter: adapterText(backend, adapter) };
  return simd === undefined ? say('story.device', device) : say('story.deviceWith', { ...device, simd });
}

/** The adapter as the engine names it: "Apple M3"; of wasm, the number of its threads, "2 threads" or "1 of 2 threads". */
function adapterText(backend: BackendName, adapter: string): string {
  const threads = backend === 'wasm' ? /^(?:(\d+) of )?(\d+) threads?$/.exec(adapter) : null;
  if (threads === null) return adapter;
  const [, used, all] = threads;
  return used === undefined
    ? say('story.threads', { count: Number(all) })
    : say('story.threadsOf', { used: Number(used), count: Number(all) });
}

/** "WebAssembly with relaxed SIMD": what decides the last bits of a curve, the number of threads left out. */
export function computedOn({ backend, adapter, simd }: RunDevice): string {
  if (backend === 'webgpu') return say('story.device', { backend: BACKEND_NAMES.webgpu, adapter });
  return simd === undefined
    ? BACKEND_NAMES[backend]
    : say('story.computedWith', { backend: BACKEND_NAMES[backend], simd });
}

/** For a race that continues where other last bits may come out than where it began. */
export function resumedElsewhere(before: RunDevice, now: RunDevice, step: number): string {
  return say('story.resumedElsewhere', { before: computedOn(before), now: computedOn(now), step });
}

/** For runs that are compared, some of which were computed where other last bits may come out. */
export function comparedAcross(devices: readonly RunDevice[]): string {
  return say('story.comparedAcross', { devices: listed([...new Set(devices.map(computedOn))]) });
}

/** What happened, in a few words. */
export function recoveryTitle(facts: Recovery): string {
  if (facts.from === 'device') return say('story.deviceLost');
  return facts.end.how === 'wounded' ? say('story.workerWounded') : say('story.workerEnded');
}

/** What happened, and where and on what the race goes on. */
export function recoverySentence(facts: Recovery): string {
  return facts.from === 'device' ? deviceSentence(facts) : workerSentence(facts);
}

function deviceSentence({ loss, step, device }: Extract<Recovery, { readonly from: 'device' }>): string {
  const values = { ...reasonOf(loss), lost: BACKEND_NAMES[loss.backend], step, device: deviceText(device) };
  const passedOver = device.passedOver.find(({ backend }) => backend === loss.backend);
  return passedOver === undefined
    ? say('story.deviceTaken', values)
    : say('story.deviceTakenForGood', { ...values, why: sayIt(passedOver.reason) });
}

function workerSentence({ end, step, lost, training }: Extract<Recovery, { readonly from: 'worker' }>): string {
  return say('story.workerLost', { ...reasonOf(end), training: training ? 'yes' : 'no', step, lost });
}

function reasonOf({ reason }: { readonly reason: Phrase }) {
  return { reason: reason === '' ? 'none' : 'some', message: sayIt(reason) } as const;
}
