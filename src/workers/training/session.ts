import type { MeasuredSpeed } from '../../core/results/device-speed.ts';
import type { LesionQuestion, LesionResult } from '../../core/results/lesion.ts';
import type { ImageAnswers, Report } from '../../core/results/report.ts';
import { MOST_CHECKPOINTS } from '../../engine/insight/probes/landscape-plane.ts';
import { measureSpeed } from '../../engine/training/measure-speed.ts';
import type { ProbeResult } from '../../features/insight/probes/probes.ts';
import type { Call, RequestOf } from '../rpc.ts';
import type { ProbeQuestion, TrainingApi } from './api.ts';
import { Inquiries } from './inquiries.ts';
import { type Opened, RaceHost, type RaceHostOptions } from './race-host.ts';
import { TrainingLoop } from './training-loop.ts';

export type SessionOptions = Omit<RaceHostOptions, 'onLost' | 'onBroken'>;

type Request<Method extends keyof TrainingApi> = RequestOf<TrainingApi, Method>;

/**
 * Maximum share of training's time that a measurement may take. A probe should cost a tenth; some of its work lies
 * outside of the pieces that are timed.
 */
const SHARE = { probe: 0.08, lesion: 0.3 } as const;

/** The training worker's API: one device, one race, and the page's requests to them. */
export class Session implements TrainingApi {
  readonly #emit: (report: Report) => void;
  readonly #host: RaceHost;
  readonly #inquiries: Inquiries;
  readonly #loop: TrainingLoop;
  /** Aborted when another opening is asked for after the last one. */
  #opening = new AbortController();
  /** Settles when the last request to open, train or pause is done. */
  #last: Promise<void> = Promise.resolve();
  #asked = 0;
  /** Settles when the last rewind is done or refused; changes that are asked for after it wait for that. */
  #rewinding: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#emit = options.emit;
    this.#host = new RaceHost({
      ...options,
      onLost: () => {
        this.#loop.pause();
        // `train` and `open` recover on their own if they are running on the lost device.
        this.#last = this.#last.catch(() => {}).then(() => this.#host.recover().catch(() => {}));
      },
      onBroken: () => this.#loop.pause(),
    });
    this.#inquiries = new Inquiries({
      race: () => this.#host.ready(),
      rounds: () => (this.#loop.isPaused ? null : (this.#host.opened?.race.step ?? null)),
      orDeviceLost: (work) => this.#host.orDeviceLost(work),
    });
    this.#loop = new TrainingLoop(this.#host, this.#inquiries, options.emit);
  }

  /** Rejects with `Withdrawn` where another is asked for while this one waits for its images, which may never come. */
  open({ experiment, backend, from = new Map() }: Request<'open'>): Promise<void> {
    this.#opening.abort();
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    return this.#inTurn(async () => {
      // What is replaced can be brought back; that it cannot be copied does not keep another from being opened.
      await this.#loop.keepAll().catch(() => {});
      await this.#inquiries.without(() => this.#host.open(experiment, backend, from, signal));
      this.#loop.set({ batch: 'last' });
    });
  }

  train({ until }: Request<'train'>): Promise<void> {
    if (!this.#loop.isPaused) {
      // It was asked for last, and goes on.
      this.#loop.set({ until });
      return this.#last;
    }
    return this.#inTurn(async (isOutdated) => {
      await this.#rewinding;
      await this.#loop.train(until, isOutdated);
    });
  }

  pause(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  slowRound(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#rewinding;
      await this.#loop.slowRound();
    });
  }

  async setMaxRoundsPerSecond({ maxRoundsPerSecond }: Request<'setMaxRoundsPerSecond'>): Promise<void> {
    this.#loop.set({ maxRoundsPerSecond });
  }

  async setDutyCycle({ dutyCycle }: Request<'setDutyCycle'>): Promise<void> {
    this.#loop.set({ dutyCycle });
  }

  async holdBatch({ step }: Request<'holdBatch'>): Promise<void> {
    this.#loop.set({ batch: step ?? 'last' });
  }

  setGains({ lane, gains, from }: Request<'setGains'>): Promise<void> {
    return this.#change(({ race }) => race.setGains(lane, gains, from));
  }

  addLane({ lane }: Request<'addLane'>): Promise<void> {
    return this.#change(({ race }) => race.addLane(lane));
  }

  removeLane({ lane }: Request<'removeLane'>): Promise<void> {
    return this.#change(async ({ race, snapshotter }) => {
      await race.removeLane(lane);
      snapshotter.forget(lane);
    });
  }

  branch({ lane, kind }: Request<'branch'>): Promise<void> {
    return this.#change(async ({ race, snapshotter }) => {
      const { name, snapshot } = await this.#host.orDeviceLost(race.branch(lane, kind));
      snapshotter.join(name, snapshot);
    });
  }

  rewind({ lane, step }: Request<'rewind'>): Promise<void> {
    const rewound = this.#change(({ snapshotter }) => this.#host.orDeviceLost(snapshotter.rewind(lane, step)));
    this.#rewinding = rewound.catch(() => {});
    return rewound;
  }

  async provide({ hash, bytes }: Request<'provide'>): Promise<void> {
    this.#host.provide(hash, bytes);
  }

  async savedGains({ hash }: Request<'savedGains'>): Promise<readonly number[] | null> {
    return this.#host.savedGains(hash);
  }

  async withdraw({ hash }: Request<'withdraw'>): Promise<void> {
    this.#host.withdraw(hash);
  }

  measureSpeed(
    { tasks }: Request<'measureSpeed'>,
    { signal, onProgress }: Pick<Call<MeasuredSpeed>, 'signal' | 'onProgress'>,
  ): Promise<void> {
    return this.#inTurn((isOutdated) =>
      // What else is computed meanwhile would count as time of the tasks.
      this.#inquiries.between(async () => {
        const race = await this.#host.ready();
        await race.withAllThreads(async () => {
          const measured = measureSpeed(signal, tasks);
          while (!isOutdated()) {
            const next = await this.#host.orDeviceLost(measured.next());
            if (next.done === true) return;
            onProgress(next.value);
          }
        });
      }),
    );
  }

  lesion({ lane, request }: LesionQuestion, call: Call<LesionResult>): Promise<LesionResult> {
    return this.#inquiries.answer<LesionResult>(SHARE.lesion, call, (race, inquiry) =>
      race.lesion(lane, request, inquiry),
    );
  }

  probe({ lane, request, atStart = false }: ProbeQuestion, call: Call<ProbeResult>): Promise<ProbeResult> {
    return this.#inquiries.answer<ProbeResult>(SHARE.probe, call, (race, inquiry) => {
      const isPath = request.name === 'landscape' && request.over === 'path';
      const kept = isPath && this.#host.opened?.snapshotter.checkpoints.of(lane, race.netOf(lane), MOST_CHECKPOINTS);
      // They are many bytes where the lane is another worker's, and a path is one of weights alone.
      const checkpoints = (kept || []).map(({ steps, values }) => {
        return { step: steps, values: new Map([...values].filter(([name]) => name.startsWith('parameter '))) };
      });
      return race.probe({ lane, request, atStart, checkpoints }, inquiry);
    });
  }

  async classify({ picture }: Request<'classify'>): Promise<ImageAnswers> {
    const race = await this.#host.ready();
    return this.#host.orDeviceLost(race.classify(picture));
  }

  async weights(
    { lane, format }: Request<'weights'>,
    { transfer }: Pick<Call, 'transfer'>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const race = await this.#host.ready();
    const file = await this.#host.orDeviceLost(race.weights(lane, format));
    transfer(file.buffer);
    return file;
  }

  /**
   * Runs requests one at a time, since they share the device and the race. Pauses training; a waiting request can check
   * `isOutdated`, whether a later one was made.
   */
  #inTurn(work: (isOutdated: () => boolean) => Promise<void>): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#loop.pause();
    this.#last = this.#last.catch(() => {}).then(() => work(() => asked !== this.#asked));
    return this.#last;
  }

  async #change(act: (opened: Opened) => unknown): Promise<void> {
    await this.#rewinding;
    const race = await this.#host.ready();
    if (this.#host.opened !== null) await act(this.#host.opened);
    // What took its place meanwhile is told already.
    if (this.#host.opened?.race !== race) return;
    this.#emit({ type: 'changed', experiment: race.experiment, begun: race.begun });
    // Training tells of copies itself. In a pause no other would follow with the lanes that this one rewound or added.
    if (this.#loop.isPaused) this.#host.tellSnapshot(true);
  }
}
