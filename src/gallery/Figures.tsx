import { type ReactNode, useState } from 'react';
import { ErrorByDepth } from '../charts/depth/ErrorByDepth.tsx';
import { yDomain } from '../charts/error-scale.ts';
import { ContourPanels } from '../charts/maps/ContourPanels.tsx';
import { mapLayout } from '../charts/maps/feature-maps.ts';
import type { LandscapeWords } from '../charts/maps/landscape.ts';
import { MapsCanvas } from '../charts/maps/MapsCanvas.tsx';
import { DataTable } from '../charts/panels/DataTable.tsx';
import { BarPanels, LinesPanels } from '../charts/panels/Panels.tsx';
import type { BarPanel } from '../charts/panels/panel.ts';
import { linesTable } from '../charts/panels/table-data.ts';
import { useWidth } from '../charts/plot-area.ts';
import { meanOverSeeds } from '../charts/series/seeds.ts';
import type { Mark, Series } from '../charts/series/series.ts';
import { TrainingError } from '../charts/training/TrainingError.tsx';
import type { LinesShown } from '../charts/training/use-axes.ts';
import { ErrorsPlot } from '../charts/zoo/ErrorsPlot.tsx';
import { NetColumn } from '../charts/zoo/NetColumn.tsx';
import { say } from '../language/say.ts';
import { lane, layersPanel, net, valley } from './made-up.ts';

const BASELINE = { error: 73.1, text: 'always “Twemoji”', shortText: '“Twemoji”' };
const WINDOW = 30;
const HEIGHT = 300;

const PLAIN_8 = lane('plain', 8, { from: 84, to: 38, steps: 150 });
const PLAIN_32 = lane('plain', 32, { from: 82, to: 66, steps: 150 });
const RESNET_32 = lane('residual', 32, { from: 80, to: 43, steps: 150 });
const RACE = [PLAIN_8, PLAIN_32, RESNET_32];

const CHANGED = [
  PLAIN_8,
  lane(
    'plain',
    32,
    { from: 82, to: 66, steps: 150, turn: { step: 112, to: 50 } },
    { kind: null, changes: [{ step: 112, gains: [1] }] },
  ),
  lane(
    'residual',
    32,
    { from: 80, to: 43, steps: 150, turn: { step: 112, to: 80 } },
    { kind: null, changes: [{ step: 112, gains: [0] }] },
  ),
];
const SURGERY: readonly Mark[] = [
  { step: 112, kind: 'mend', text: 'plain-32: 15 shortcuts restored' },
  { step: 175, kind: 'mend', text: 'planned: ResNet-32 on', planned: true },
];

const OPTIONS = ['A', 'B', 'C'].map((option, index) =>
  lane(
    'residual',
    20,
    { from: 80, to: 46 - 5 * index, steps: 150 },
    { id: `20${option}`, name: `ResNet-20 ${option}`, group: option },
  ),
);

const SWEEP = [8, 14, 20, 32, 44, 56].flatMap((depth) => [
  lane('plain', depth, { from: 84, to: 40 + 0.7 * depth, steps: 150 }),
  lane('residual', depth, { from: 82, to: 44 - 0.1 * depth, steps: 150 }),
]);

const SEEDS = meanOverSeeds(
  [-3, 0, 4].map((shift) => ({
    step: 150,
    lanes: [
      lane('plain', 8, { from: 84, to: 38 + shift, steps: 150 }),
      lane('plain', 32, { from: 82, to: 64 - shift, steps: 150 }),
    ],
  })),
);

const DIVERGED = [
  PLAIN_8,
  lane('plain', 56, { from: 85, to: 80, steps: 60 }, { diverged: 61 }),
  { ...RESNET_32, id: 'past', name: 'A ResNet-32', past: true },
];

interface RaceProps {
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly until?: number;
  readonly shows?: LinesShown;
  readonly hoverStep?: number;
}

const ALONE: LinesShown = { eachStep: false, newPictures: false };

function Curves({ series, marks = [], until = 150, shows = ALONE, hoverStep: at }: RaceProps) {
  const [hoverStep, setHoverStep] = useState<number | null>(at ?? null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  return (
    <TrainingError
      series={series.filter(({ past }) => !past)}
      past={series.filter(({ past }) => past)}
      marks={marks}
      baseline={BASELINE}
      until={until}
      head={<h2>{say('charts.trainingErrorByStep')}</h2>}
      kind="linear"
      table={false}
      window={WINDOW}
      yDomain={yDomain(series, BASELINE.error, WINDOW)}
      hoverStep={hoverStep}
      onHoverStep={setHoverStep}
      hoveredId={hoveredId}
      onHover={setHoveredId}
      shows={shows}
      height={HEIGHT}
      hint={null}
    />
  );
}

function Depths({ series, hasTwins = false }: { readonly series: readonly Series[]; readonly hasTwins?: boolean }) {
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  return (
    <ErrorByDepth
      series={series}
      baseline={BASELINE}
      twins={hasTwins ? { plain: 'plain-32', residual: 'ResNet-32' } : null}
      window={WINDOW}
      yDomain={yDomain(series, BASELINE.error, WINDOW)}
      hoverStep={null}
      hoveredId={hoveredId}
      onHover={setHoveredId}
      height={HEIGHT}
    />
  );
}

/** A figure that is told its width, as those of Look inside are. */
function Sized({ children }: { readonly children: (width: number) => ReactNode }) {
  const [attach, width] = useWidth<HTMLDivElement>();
  return (
    <figure className="fig" ref={attach}>
      {width !== null && children(width)}
    </figure>
  );
}

const BARS: BarPanel = {
  key: 'bars',
  title: 'Error without each block',
  groups: [net('plain', 20), net('residual', 20)].map((one, index) => ({
    key: one.id,
    net: one,
    from: 50 + 8 * index,
    note: `intact ${50 + 8 * index}`,
    bars: Array.from({ length: 9 }, (_, block) => ({
      at: block + 1,
      value: 50 + 8 * index + (index === 0 ? 20 - 2 * block : block === 4 ? -3 : 2),
    })),
  })),
  categories: Array.from({ length: 9 }, (_, block) => ({
    at: block + 1,
    name: `block ${block + 1}`,
    tick: String(block + 1),
  })),
  y: { kind: 'linear', include: [], unit: '%', format: String },
  rules: [{ at: 73.1, text: 'always “Noto”' }],
};

const WORDS: LandscapeWords = {
  point: (x, y) => `${x}, ${y}`,
  measured: (loss, error) => `loss ${loss}, error ${error}%`,
  notYet: 'not measured yet',
  noNumber: 'not a finite number',
  loss: 'loss',
  step: (step) => `step ${step}`,
  value: (value) => value.toFixed(2),
  percent: (value) => value.toFixed(1),
};

const MAPS = mapLayout(4, 8, 8);

function Columns() {
  const layers = Array.from({ length: 12 }, (_, index) => ({
    key: String(index),
    level: index + 1,
    stage: Math.floor(index / 4),
    label: '3×3 conv, 16',
    ariaText: `layer ${index + 1}`,
  }));
  const skips = [1, 3, 5, 7, 9].map((from) => ({ from, to: from + 2, grows: from === 3 || from === 7 }));
  return (
    <NetColumn
      family="residual"
      depth={20}
      layers={layers}
      skips={skips}
      pitch={18}
      width={200}
      label="ResNet"
      onPoint={() => {}}
    />
  );
}

const COSTS = [18, 34, 50, 101].flatMap((depth, index) => [
  {
    name: `ResNet-${depth}`,
    family: 'residual' as const,
    depth,
    cost: 2 ** index,
    error: 28 - 2 * index,
    joined: true,
  },
  { name: `plain-${depth}`, family: 'plain' as const, depth, cost: 2 ** index, error: 28.5 + index, joined: index < 2 },
]);

/** Every figure by the name of its picture. */
export const FIGURES: Readonly<Record<string, () => ReactNode>> = {
  race: () => <Curves series={RACE} />,
  hovered: () => <Curves series={RACE} shows={{ eachStep: true, newPictures: true }} hoverStep={90} />,
  surgery: () => <Curves series={CHANGED} marks={SURGERY} until={200} />,
  repeats: () => <Curves series={OPTIONS} />,
  diverged: () => <Curves series={DIVERGED} />,
  seeds: () => <Curves series={SEEDS} />,
  depths: () => <Depths series={RACE} hasTwins />,
  'depths-surgery': () => <Depths series={CHANGED} />,
  'depths-repeats': () => <Depths series={OPTIONS} />,
  'depths-sweep': () => <Depths series={SWEEP} />,
  'depths-seeds': () => <Depths series={SEEDS} />,
  lines: () => (
    <Sized>
      {(width) => (
        <LinesPanels
          panels={[layersPanel('norm', 'Norm'), layersPanel('share', 'Share')]}
          width={width}
          height={220}
          label="Norms"
        />
      )}
    </Sized>
  ),
  bars: () => (
    <Sized>{(width) => <BarPanels panels={[BARS]} width={width} height={220} label="Lesions" named />}</Sized>
  ),
  landscapes: () => (
    <Sized>
      {(width) => (
        <ContourPanels
          landscapes={[valley(net('plain', 20), 4), valley(net('residual', 20), 1)]}
          width={width}
          words={WORDS}
        />
      )}
    </Sized>
  ),
  maps: () => (
    <Sized>
      {() => (
        <div style={{ width: 160 }}>
          <MapsCanvas
            layout={MAPS}
            count={4}
            valueAt={(map, row, column) => Math.sin((row - 3.5) * (map + 1)) * Math.cos(column)}
            largest={1}
            label="Maps"
          />
        </div>
      )}
    </Sized>
  ),
  table: () => (
    <Sized>{() => <DataTable data={linesTable(layersPanel('norm', 'Norm'), 'Norms')} height={160} />}</Sized>
  ),
  column: () => <Columns />,
  costs: () => (
    <Sized>
      {(width) => <ErrorsPlot points={COSTS} log axis="multiply-adds" label="Costs" width={width} height={240} />}
    </Sized>
  ),
};
