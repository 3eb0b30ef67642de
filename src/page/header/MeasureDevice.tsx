import { Gauge } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { count } from '../../core/format.ts';
import { type MeasuredSpeed, SPEED_TASKS, type SpeedTask } from '../../core/results/device-speed.ts';
import { deviceText } from '../../features/lab/device-text.ts';
import { useLab, useLabState } from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import styles from './more.module.css';
import { RECORDED_SPEEDS } from './recorded-speeds.ts';

/** Measures the device with a few nets beside recorded devices, and copies the result as one line. Training pauses. */
export function MeasureDevice() {
  const lab = useLab();
  const device = useLabState((state) => state.device);
  const loading = useLabState((state) => state.data === null);
  const [measured, setMeasured] = useState<readonly MeasuredSpeed[]>([]);
  const [running, setRunning] = useState(false);
  const [said, setSaid] = useState('');
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const measure = () => {
    const controller = new AbortController();
    stop.current = controller;
    setMeasured([]);
    setSaid('');
    setRunning(true);
    const ended = () => setRunning(false);
    lab
      .measureSpeed({
        signal: controller.signal,
        onProgress: (each) => setMeasured((before) => [...before, each]),
      })
      .then(ended, ended);
  };
  const name = device === null ? '' : deviceText(device);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(lineOf(name, measured));
      setSaid(say('page.speedCopied'));
    } catch {
      setSaid(say('page.speedCopyRefused'));
    }
  };
  const progress = running ? say('page.speedProgress', { done: measured.length, tasks: SPEED_TASKS.length }) : said;
  return (
    <div>
      <button
        type="button"
        className={styles.item}
        disabled={loading}
        onClick={running ? () => stop.current?.abort() : measure}
      >
        <Gauge size={16} aria-hidden />
        <span>{running ? say('page.speedStop') : say('page.measureSpeed')}</span>
      </button>
      <p role="status" aria-live="polite" className={progress === '' ? 'vh' : styles.note}>
        {progress}
      </p>
      {measured.length > 0 && (
        <>
          <SpeedTable measured={measured} />
          <p className={styles.note}>{say('page.speedNote')}</p>
        </>
      )}
      {measured.length > 0 && !running && (
        <button type="button" className={styles.item} onClick={copy}>
          {say('page.speedCopy')}
        </button>
      )}
    </div>
  );
}

function SpeedTable({ measured }: { readonly measured: readonly MeasuredSpeed[] }) {
  return (
    <table className={styles.speeds}>
      <caption className="vh">{say('page.speedCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('page.speedTask')}</th>
          <th scope="col">{say('page.speedHere')}</th>
          {RECORDED_SPEEDS.map(({ device }) => (
            <th key={device} scope="col" translate="no">
              {device}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {SPEED_TASKS.map((task, nth) => (
          <tr key={`${task.type} ${task.depth} ${task.width} ${task.size} ${task.batch}`}>
            <th scope="row">{sayTask(task)}</th>
            <td>{milliseconds(measured[nth]?.ms)}</td>
            {RECORDED_SPEEDS.map(({ device, ms }) => (
              <td key={device}>{milliseconds(ms[nth])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sayTask({ type, depth, width, size, batch }: SpeedTask): string {
  return say('page.speedNet', { type, depth, width, size, batch });
}

/** Three digits; a dash where nothing was measured. */
function milliseconds(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '–' : count(Number(ms.toPrecision(3)));
}

/** "WebAssembly: 2 threads, relaxed SIMD | step ResNet-8 w8 16px b16: 2.31 ms | …", the same in every language but the device. */
function lineOf(device: string, measured: readonly MeasuredSpeed[]): string {
  const parts = measured.map(({ task: { type, depth, width, size, batch }, ms }) => {
    return `${type} ResNet-${depth} w${width} ${size}px b${batch}: ${milliseconds(ms)} ms`;
  });
  return ['ResNet Playground', device, ...parts].join(' | ');
}
