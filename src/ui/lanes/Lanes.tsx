import './lanes.css';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { MANY } from '../../charts/many.ts';
import type { Series } from '../../charts/series.ts';
import { useWidth } from '../../charts/use-width.ts';
import { useLabState } from '../../lab/use-stores.ts';
import { gainsAt } from '../../spec/experiment.ts';
import { type NetSpec, stageBlocks, stageOf } from '../../spec/net.ts';
import type { Graph } from '../../spec/node.ts';
import { UI } from '../../text/ui.ts';
import { NETS_ID } from '../skip-targets.ts';
import { rulerFor } from '../strip/ruler.ts';
import { useTouchSize } from '../use-media.ts';
import { useNetCosts } from '../use-net-costs.ts';
import { BlockCard } from './BlockCard.tsx';
import type { BlockDetails } from './BlockControls.tsx';
import { BlockSheet } from './BlockSheet.tsx';
import { LaneRow } from './LaneRow.tsx';
import { shapeOf } from './strip-shape.ts';
import { useBlockCard } from './use-block-card.ts';

const words = UI.lanes;

/** A block whose sheet opens is brought above this share of the window's height, so that the sheet does not hide it. */
const ABOVE_SHEET = 0.4;

export interface LanesProps {
  readonly series: readonly Series[];
  readonly hot: string | null;
  readonly onHot: (name: string | null) => void;
}

/** All nets of the race, one under the other, on one ruler: length is depth. */
export function Lanes({ series, hot, onHot }: LanesProps) {
  const lanes = useLabState((state) => state.experiment.lanes);
  const costs = useNetCosts();
  const touch = useTouchSize();
  const [attach, width] = useWidth<HTMLDivElement>();
  const { target, point, hold, close } = useBlockCard();
  const [touched, setTouched] = useState<{ readonly lane: string; readonly block: number } | null>(null);
  const tap = useCallback((lane: string, block: number, anchor: DOMRect) => {
    scrollBy({ top: Math.max(0, anchor.bottom - ABOVE_SHEET * innerHeight) });
    setTouched({ lane, block });
  }, []);
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
    <section className={dense ? 'lanes dense' : 'lanes'} id={NETS_ID} tabIndex={-1} aria-label={words.title}>
      <h2 className="vh">{words.title}</h2>
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
            pointed={touched?.lane === lane.name ? touched.block : null}
            onTap={tap}
            card={
              target?.lane === lane.name && (
                <WithDetails of={target}>
                  {(details) => <BlockCard {...details} anchor={target.anchor} onHold={hold} onClose={close} />}
                </WithDetails>
              )
            }
          />
        );
      })}
      {touched !== null && (
        <WithDetails of={touched}>
          {(details) => <BlockSheet {...details} onClose={() => setTouched(null)} />}
        </WithDetails>
      )}
    </section>
  );
}

interface WithDetailsProps {
  readonly of: { readonly lane: string; readonly block: number };
  readonly children: (details: BlockDetails) => ReactNode;
}

/** Looks up what a block's card or sheet shows; nothing where the block is gone. */
function WithDetails({ of: { lane: name, block }, children }: WithDetailsProps) {
  const experiment = useLabState((state) => state.experiment);
  const begun = useLabState((state) => state.curves.get(name)?.begun ?? 0);
  const cost = useNetCosts().get(name);
  const lane = experiment.lanes.find((each) => each.name === name);
  const gain = gainsAt(experiment, name, begun)[block - 1];
  if (lane === undefined || cost === undefined || gain === undefined) return null;
  return children({ lane, cost, block, gain });
}

/** "16×16, 8 ch" for each stage of blocks. */
function stageLabels(net: NetSpec, { nodes }: Graph): readonly string[] {
  return stageBlocks(net).map((_, stage) => {
    const [height = 0, , channels = 0] =
      nodes.find(({ op, block }) => op === 'add' && stageOf(net, block) === stage + 1)?.shape ?? [];
    return words.stage(height, channels);
  });
}
