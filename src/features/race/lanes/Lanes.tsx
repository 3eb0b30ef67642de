import './lanes.css';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { MAX_DETAILED_LANES, useWidth } from '../../../charts/plot-area.ts';
import { gainsAt, type LaneSpec } from '../../../core/experiment/experiment.ts';
import { type NetSpec, stageBlocks, stageOf } from '../../../core/net/net.ts';
import type { Graph } from '../../../core/net/node.ts';
import { NETS_ID } from '../../../ui/focus.ts';
import { UI } from '../../../ui/strings.ts';
import { useTouchSize } from '../../../ui/use-screen.ts';
import { useLabState } from '../../use-stores.ts';
import { rulerFor } from '../strip/ruler.ts';
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

/** All nets of the race, one under the other, on one ruler: length is depth. */
export function Lanes() {
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
  const dense = lanes.length > MAX_DETAILED_LANES;
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
  const deepest = lanes.reduce<LaneSpec | undefined>(
    (best, lane) => (best === undefined || lane.net.depth > best.net.depth ? lane : best),
    undefined,
  );
  const deepestCost = costs.get(deepest?.name ?? '');
  const labels = useMemo(
    () => (deepest === undefined || deepestCost === undefined ? null : stageLabels(deepest.net, deepestCost.graph)),
    [deepest, deepestCost],
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
      {lanes.map((lane) => {
        const cost = costs.get(lane.name);
        if (ruler === null || cost === undefined) return null;
        return (
          <LaneRow
            key={lane.name}
            lane={lane}
            cost={cost}
            ruler={ruler}
            stageLabels={lane === deepest && !dense ? labels : null}
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
  const lane = useLabState(({ experiment }) => experiment.lanes.find((each) => each.name === name));
  const gain = useLabState(
    ({ experiment, curves }) => gainsAt(experiment, name, curves.get(name)?.begun ?? 0)[block - 1],
  );
  const cost = useNetCosts().get(name);
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
