import type { Picture } from '../../../core/data/images.ts';
import type { LesionResult } from '../../../core/results/lesion.ts';
import type { ImageAnswers, RaceReport } from '../../../core/results/report.ts';
import type { SlowRound } from '../../../core/results/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot } from '../../../core/results/snapshot.ts';
import { raceData } from '../../../data/batches/race-data.ts';
import { type DeviceOptions, startDevice } from '../../../engine/device/device.ts';
import { setWasmThreads } from '../../../engine/device/wasm.ts';
import type { MeasurementHooks } from '../../../engine/insight/measurement.ts';
import { Race } from '../../../engine/training/race.ts';
import type { Branch } from '../../../engine/training/race-lanes.ts';
import type { ProbeResult } from '../../../features/insight/probes/probes.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import { type Call, type RequestOf, Withdrawn } from '../../rpc.ts';
import type { MeasurementProgress, ShardApi } from './api.ts';

type Request<Method extends keyof ShardApi> = RequestOf<ShardApi, Method>;
type Transfer = Pick<Call, 'transfer'>;

/** Trains some lanes of a race, as the coordinator tells it to. */
export class Shard implements ShardApi {
  readonly #device: Pick<DeviceOptions, 'wasmPaths'>;
  #race: Race | null;
  /** Files of weights that lanes start from, by hash. */
  readonly #files = new Map<string, Uint8Array>();
  /** Settles when lanes that are being grown have been replaced; later calls wait for it. */
  #growing: Promise<void> = Promise.resolve();
  #proceed: () => void = () => {};

  /** The coordinator's own shard is given the race of all lanes; a worker's opens one. */
  constructor(race: Race | null, device: Pick<DeviceOptions, 'wasmPaths'> = {}) {
    this.#race = race;
    this.#device = device;
  }

  async open({ experiment, dataset, threads }: Request<'open'>): Promise<void> {
    const info = await startDevice('wasm', { ...this.#device, wasmThreads: threads });
    const data = raceData(dataset, experiment.recipe);
    this.#race = new Race({ ...experiment, lanes: [], surgery: [] }, data, info, new Map(), this.#files);
  }

  async setThreads({ threads }: Request<'setThreads'>): Promise<void> {
    await setWasmThreads(threads);
  }

  async add({ file, ...lane }: Request<'add'>): Promise<void> {
    const { start } = lane.lane;
    if (file !== undefined && start !== undefined) this.#files.set(start.hash, file);
    const race = await this.#ready();
    race.add(lane);
    await this.#settle(race);
  }

  async remove({ lane }: Request<'remove'>): Promise<void> {
    (await this.#ready()).removeLane(lane);
  }

  async round(at: Request<'round'>): Promise<void> {
    const race = await this.#ready();
    race.round(undefined, at);
    await this.#settle(race);
  }

  async answerBatch({ step }: Request<'answerBatch'>): Promise<void> {
    (await this.#ready()).answerBatch(step);
  }

  async report(): Promise<RaceReport> {
    return (await this.#ready()).report();
  }

  async slowRound(at: Request<'slowRound'>): Promise<SlowRound> {
    const race = await this.#ready();
    const round = race.slowRound(at);
    const [told] = await Promise.all([round, this.#settle(race)]);
    return told;
  }

  async setGains({ lane, gains, from }: Request<'setGains'>): Promise<void> {
    (await this.#ready()).setGains(lane, gains, from);
  }

  async branched({ lane, kind }: Request<'branched'>): Promise<Branch> {
    return (await this.#ready()).branched(lane, kind);
  }

  async rewind({ lane, snapshot }: Request<'rewind'>): Promise<void> {
    const race = await this.#ready();
    race.rewind(lane, snapshot);
    await this.#settle(race);
  }

  async diagnose(
    { lane, step, from }: Request<'diagnose'>,
    call: Call<MeasurementProgress<never>>,
  ): Promise<string | null> {
    return (await this.#ready()).diagnose(lane, step, from, this.#hooks(call));
  }

  async snapshot(_: undefined, { transfer }: Transfer): Promise<RaceSnapshot> {
    const snapshot = await (await this.#ready()).snapshot();
    for (const lane of snapshot.values()) transferValues(lane, transfer);
    return snapshot;
  }

  async laneSnapshot({ lane }: Request<'laneSnapshot'>, { transfer }: Transfer): Promise<LaneSnapshot> {
    const snapshot = await (await this.#ready()).laneSnapshot(lane);
    transferValues(snapshot, transfer);
    return snapshot;
  }

  async classify({ picture }: { readonly picture: Picture }): Promise<ImageAnswers> {
    return (await this.#ready()).classify(picture);
  }

  async weights({ lane, format }: Request<'weights'>, { transfer }: Transfer): Promise<Uint8Array<ArrayBuffer>> {
    const file = await (await this.#ready()).weights(lane, format);
    transfer(file.buffer);
    return file;
  }

  async lesion(
    { lane, request }: Request<'lesion'>,
    call: Call<MeasurementProgress<LesionResult>>,
  ): Promise<LesionResult> {
    return (await this.#ready()).insight(lane).lesion(request, this.#hooks(call));
  }

  async probe(
    { lane, request, atStart, checkpoints }: Request<'probe'>,
    call: Call<MeasurementProgress<ProbeResult>>,
  ): Promise<ProbeResult> {
    const race = await this.#ready();
    const insight = atStart ? race.insightAtStart(lane) : race.insight(lane);
    return insight.probe(request, this.#hooks(call), checkpoints);
  }

  async proceed(): Promise<void> {
    this.#proceed();
  }

  async close(): Promise<void> {
    this.#race?.dispose();
    this.#race = null;
  }

  /** Resolves when lanes of the race that are being grown have been replaced; has later calls wait for it, too. */
  #settle(race: Race): Promise<void> {
    this.#growing = race.settled();
    return this.#growing;
  }

  /** The race, when the calls before this one have taken effect. */
  async #ready(): Promise<Race> {
    await this.#growing;
    if (this.#race === null) throw new SaidError(sentence('errors.none.race'));
    return this.#race;
  }

  /** Hooks of a measurement that report to the coordinator, which decides when it may go on. */
  #hooks<Result>({ signal, onProgress }: Call<MeasurementProgress<Result>>): MeasurementHooks<Result> {
    return {
      onPart: (part) => onProgress({ type: 'part', part }),
      turn: () =>
        new Promise<void>((resolve, reject) => {
          const withdraw = () => reject(new Withdrawn());
          if (signal.aborted) return withdraw();
          signal.addEventListener('abort', withdraw, { once: true });
          this.#proceed = () => {
            signal.removeEventListener('abort', withdraw);
            resolve();
          };
          onProgress({ type: 'turn' });
        }),
    };
  }
}

function transferValues({ values }: LaneSnapshot, transfer: (buffer: ArrayBufferLike) => void): void {
  for (const { buffer } of values.values()) transfer(buffer);
}
