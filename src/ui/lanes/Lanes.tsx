import './lanes.css';
import { useMemo } from 'react';
import { MANY } from '../../charts/many.ts';
import type { Series } from '../../charts/series.ts';
import { useWidth } from '../../charts/use-width.ts';
import { useLabState } from '../../lab/use-lab.ts';
import { gainsAt } from '../../spec/experiment.ts';
import { type NetSpec, stageBlocks, stageOf } from '../../spec/net.ts';
import type { Graph } from '../../spec/node.ts';
import { UI } from '../../text/ui.ts';
import { rulerFor } from '../strip/ruler.ts';
import { useNetCosts } from '../use-net-costs.ts';
import { usePhone } from '../use-phone.ts';
import { BlockCard } from './BlockCard.tsx';
import { LaneRow } from './LaneRow.tsx';
import { shapeOf } from './strip-shape.ts';
import { useBlockCard } from './use-block-card.ts';

const words = UI.lanes;

export interface LanesProps {
  readonly series: readonly Series[];
  readonly hot: string | null;
  readonly onHot: (name: string | null) => void;
}

/** All nets of the race, one under the other, on one ruler: length is depth. */
export function Lanes({ series, hot, onHot }: LanesProps) {
  const lanes = useLabState((state) => state.experiment.lanes);
  const costs = useNetCosts();
  const touch = usePhone();
  const [attach, width] = useWidth<HTMLDivElement>();
  const { target, point, hold, close } = useBlockCard();
  const dense = lanes.length > MANY;
  const ruler = useMemo(
    () =>
      width === null
        ? null
        : rulerFor(
            lanes.map(({ net }) => shapeOf(net)),
            { width, dense, touch },
          ),
    [lanes, width, dense, touch],
  );
  const deepest = lanes.reduce<number>(
    (best, { net }, at) => (net.depth > (lanes[best]?.net.depth ?? 0) ? at : best),
    0,
  );
  return (
    <section className={dense ? 'lanes dense' : 'lanes'} aria-label={words.title}>
      <div className="lane-head" aria-hidden="true">
        <span>{words.net}</span>
        <div ref={attach}>{words.strip}</div>
        <span>{words.shortcuts}</span>
        <span className="number">{words.train}</span>
        <span className="number">{words.test}</span>
      </div>
      {lanes.map((lane, at) => {
        const cost = costs.get(lane.name);
        const one = series.find(({ id }) => id === lane.name);
        if (ruler === null || cost === undefined || one === undefined) return null;
        return (
          <LaneRow
            key={lane.name}
            lane={lane}
            series={one}
            cost={cost}
            ruler={ruler}
            stageLabels={at === deepest && !dense ? stageLabels(lane.net, cost.graph) : null}
            hot={hot === lane.name}
            onHot={onHot}
            onPoint={point}
            card={target?.lane === lane.name ? <OpenCard target={target} onHold={hold} onClose={close} /> : null}
          />
        );
      })}
    </section>
  );
}

interface OpenCardProps {
  readonly target: NonNullable<ReturnType<typeof useBlockCard>['target']>;
  readonly onHold: (hold: boolean) => void;
  readonly onClose: () => void;
}

function OpenCard({ target, onHold, onClose }: OpenCardProps) {
  const experiment = useLabState((state) => state.experiment);
  const begun = useLabState((state) => state.curves.get(target.lane)?.begun ?? 0);
  const cost = useNetCosts().get(target.lane);
  const lane = experiment.lanes.find(({ name }) => name === target.lane);
  const gain = gainsAt(experiment, target.lane, begun)[target.block - 1];
  if (lane === undefined || cost === undefined || gain === undefined) return null;
  return <BlockCard {...target} lane={lane} cost={cost} gain={gain} onHold={onHold} onClose={onClose} />;
}

/** "16×16, 8 ch" for each stage of blocks. */
function stageLabels(net: NetSpec, { nodes }: Graph): readonly string[] {
  return stageBlocks(net).map((_, stage) => {
    const [height = 0, , channels = 0] =
      nodes.find(({ op, block }) => op === 'add' && stageOf(net, block) === stage + 1)?.shape ?? [];
    return words.stage(height, channels);
  });
}
