import { BACKEND_NAMES, BACKENDS, type BackendChoice } from '../../core/experiment/device.ts';
import { rate } from '../../core/format.ts';
import { curvesOfRound } from '../../features/lab/curve.ts';
import { deviceText, simdNote } from '../../features/lab/device-text.ts';
import { useAutosaveState, useLab, useLabState } from '../../features/use-stores.ts';
import { obstacle } from '../../isolation/isolate.ts';
import { say } from '../../language/say.ts';
import { sayIt } from '../../language/sentence.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { MeasureDevice } from './MeasureDevice.tsx';
import styles from './more.module.css';

const CHOICES: readonly BackendChoice[] = ['auto', ...BACKENDS];

/** "Device: WebAssembly: 2 threads, relaxed SIMD" */
export function useDeviceSentence(): string {
  const device = useLabState((state) => state.device);
  return say('page.deviceNow', { device: device === null ? say('page.starting') : deviceText(device) });
}

/** What the nets train on and how fast, why it is not something faster, and another choice. */
export function DeviceChoice() {
  const lab = useLab();
  const device = useLabState((state) => state.device);
  const backend = useLabState((state) => state.backend);
  const distribution = useLabState((state) => state.distribution);
  const alone = device?.backend === 'wasm' ? obstacle() : null;
  const options = CHOICES.map((value) => ({
    value,
    text: value === 'auto' ? say('page.deviceAuto') : BACKEND_NAMES[value],
  }));
  return (
    <div className={styles.group}>
      <div className={styles.between}>
        <span className={styles.label}>{say('page.device')}</span>
        <Select
          label={say('page.device')}
          value={backend}
          options={options}
          onChange={(choice) => lab.chooseBackend(choice)}
          small
        />
      </div>
      <p>{device === null ? say('page.starting') : deviceText(device)}</p>
      {distribution !== null && <p>{say('page.deviceWorkers', distribution)}</p>}
      <Rates />
      <SavedAt />
      {device !== null && device.fallbacks.length > 0 && (
        <p className={styles.note}>{say('page.deviceFallbacks', { kernels: device.fallbacks.join(', ') })}</p>
      )}
      {alone !== null && <p className={styles.note}>{sayObstacle(alone)}</p>}
      {device?.simd !== undefined && <p className={styles.note}>{simdNote(device.simd)}</p>}
      {device?.passedOver.map((each) => (
        <p key={each.backend} className={styles.note}>
          {say('page.devicePassedOver', { device: BACKEND_NAMES[each.backend], reason: sayIt(each.reason) })}
        </p>
      ))}
      <MeasureDevice />
    </div>
  );
}

function sayObstacle(alone: NonNullable<ReturnType<typeof obstacle>>): string {
  switch (alone) {
    case 'insecure':
      return say('page.oneThreadInsecure');
    case 'framed':
      return say('page.oneThreadFramed');
    case 'refused':
      return say('page.oneThreadRefused');
    default:
      return alone satisfies never;
  }
}

function Rates() {
  const steps = useLabState((state) => (state.training ? state.roundsPerSecond : null));
  const images = useLabState(({ experiment, curves }) => experiment.recipe.batch * curvesOfRound(curves).length);
  if (steps === null) return null;
  return <p>{say('page.rates', { steps: rate(steps), images: rate(steps * images) })}</p>;
}

/** "saved at step 25" */
export function SavedAt() {
  const step = useAutosaveState((state) => state.savedAt);
  return step === null ? null : <p title={say('page.savedHint')}>{say('page.saved', { step })}</p>;
}
