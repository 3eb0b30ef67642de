import type { PresetName } from '../../core/experiment/presets.ts';
import { PAPER_BILLIONS, PAPER_RESULTS, type PaperResult } from '../../core/net/paper.ts';
import type { MessageKey } from '../../language/messages.ts';
import type { RecordName } from '../records/records.ts';

/** A number that the paper prints. */
export interface PaperNumber {
  readonly name: string;
  readonly family: 'plain' | 'residual';
  readonly value: number;
  /** With how many decimals the paper prints it. */
  readonly decimals: number;
}

/** Numbers of one kind that the paper prints. */
interface Printed {
  readonly unit: MessageKey;
  readonly numbers: readonly PaperNumber[];
}

/**
 * What this page has beside it, records aside. `live`: it trains here; `shown`: the paper’s numbers are drawn or counted here, and
 * nothing is trained; `missing`: it takes a longer run than a visit; `absent`: it is not to be seen here.
 */
export type Ours = 'live' | 'shown' | 'missing' | 'absent';

/** A figure or table of He et al. 2015, or several that belong together. */
export interface PaperCard {
  readonly id: string;
  readonly title: MessageKey;
  /** What the paper says there, with the section. */
  readonly says: MessageKey;
  /** Its numbers; none of a figure of curves or nets. */
  readonly printed: readonly Printed[];
  readonly ours: Ours;
  /** What is here, and where it differs from the paper, with why that may be. */
  readonly here: MessageKey;
  /** A sentence for each of several tables. */
  readonly list?: readonly MessageKey[];
  /** The experiment that shows it here; `recipe`: the paper’s own. */
  readonly run?: PresetName | 'recipe';
  /** The record of trained nets that belongs to it, where the build has one. */
  readonly record?: RecordName;
}

const of = (family: PaperNumber['family'], decimals: number) => (name: string, value: number) => ({
  ...{ name, family, value, decimals },
});
const plain = of('plain', 2);
const residual = of('residual', 2);

function errors(unit: MessageKey, results: readonly PaperResult[], kind: 'top1' | 'top5'): Printed {
  const numbers = results.flatMap(({ name, family, decimals, [kind]: value }) =>
    value === null ? [] : [{ name, family, value, decimals }],
  );
  return { unit, numbers };
}

const TABLE_2 = ['plain-18', 'plain-34', 'ResNet-18', 'ResNet-34 A'];
const TEN_CROP = PAPER_RESULTS['ten-crop'];
const IN_TABLE_2 = TEN_CROP.filter(({ name }) => TABLE_2.includes(name));
const IN_TABLE_3 = TEN_CROP.filter(({ name }) => name !== 'plain-18' && name !== 'ResNet-18');

/** In the order of the paper’s figures, then of its tables. */
export const PAPER_CARDS: readonly PaperCard[] = [
  {
    ...{ id: 'figure-1', title: 'paper.figure1', says: 'paper.figure1Says', printed: [] },
    ...{ ours: 'live', here: 'paper.figure1Here', run: 'deep', record: 'lasts' },
  },
  {
    ...{ id: 'figure-2', title: 'paper.figure2', says: 'paper.figure2Says', printed: [] },
    ...{ ours: 'live', here: 'paper.figure2Here', run: 'twins' },
  },
  {
    ...{ id: 'figure-3', title: 'paper.figure3', says: 'paper.figure3Says' },
    printed: [
      {
        unit: 'paper.billions',
        numbers: (['VGG-19', 'plain-34', 'ResNet-34'] as const).map((name) =>
          of(name.startsWith('ResNet') ? 'residual' : 'plain', 1)(name, PAPER_BILLIONS[name]),
        ),
      },
    ],
    ...{ ours: 'live', here: 'paper.figure3Here', run: 'family' },
  },
  {
    ...{ id: 'figure-4', title: 'paper.figure4', says: 'paper.figure4Says', printed: [] },
    ...{ ours: 'live', here: 'paper.figure4Here', run: 'figure-4', record: 'figure-4' },
  },
  {
    ...{ id: 'figure-5', title: 'paper.figure5', says: 'paper.figure5Says', printed: [] },
    ...{ ours: 'live', here: 'paper.figure5Here', run: 'bottleneck' },
  },
  {
    ...{ id: 'figure-6', title: 'paper.figure6', says: 'paper.figure6Says', printed: [] },
    ...{ ours: 'missing', here: 'paper.figure6Here', run: 'sweep', record: 'cifar-10' },
  },
  {
    ...{ id: 'figure-7', title: 'paper.figure7', says: 'paper.figure7Says', printed: [] },
    ...{ ours: 'missing', here: 'paper.figure7Here', run: 'twins', record: 'figure-7' },
  },
  {
    ...{ id: 'table-1', title: 'paper.table1', says: 'paper.table1Says' },
    printed: [
      {
        unit: 'paper.billions',
        numbers: Object.entries(PAPER_BILLIONS)
          .filter(([name]) => name.startsWith('ResNet'))
          .map(([name, value]) => of('residual', 1)(name, value)),
      },
    ],
    ...{ ours: 'shown', here: 'paper.table1Here' },
  },
  {
    ...{ id: 'table-2', title: 'paper.table2', says: 'paper.table2Says' },
    printed: [errors('paper.top1', IN_TABLE_2, 'top1')],
    ...{ ours: 'live', here: 'paper.table2Here', run: 'figure-4' },
  },
  {
    ...{ id: 'table-3', title: 'paper.table3', says: 'paper.table3Says' },
    printed: [errors('paper.top1', IN_TABLE_3, 'top1'), errors('paper.top5', IN_TABLE_3, 'top5')],
    ...{ ours: 'live', here: 'paper.table3Here', run: 'options' },
  },
  {
    ...{ id: 'table-4', title: 'paper.table4', says: 'paper.table4Says' },
    printed: [
      errors('paper.top1Single', PAPER_RESULTS.single, 'top1'),
      errors('paper.top5', PAPER_RESULTS.single, 'top5'),
    ],
    ...{ ours: 'shown', here: 'paper.table4Here' },
  },
  {
    ...{ id: 'table-5', title: 'paper.table5', says: 'paper.table5Says' },
    printed: [errors('paper.top5', PAPER_RESULTS.ensemble, 'top5')],
    ...{ ours: 'shown', here: 'paper.table5Here' },
  },
  {
    ...{ id: 'table-6', title: 'paper.table6', says: 'paper.table6Says' },
    printed: [
      {
        unit: 'paper.testError',
        numbers: [
          plain('Maxout', 9.38),
          plain('NIN', 8.81),
          plain('DSN', 8.22),
          plain('FitNet, 19', 8.39),
          plain('Highway, 19', 7.54),
          plain('Highway, 32', 8.8),
          residual('ResNet-20', 8.75),
          residual('ResNet-32', 7.51),
          residual('ResNet-44', 7.17),
          residual('ResNet-56', 6.97),
          residual('ResNet-110', 6.43),
          residual('ResNet-1202', 7.93),
        ],
      },
    ],
    ...{ ours: 'missing', here: 'paper.table6Here', run: 'recipe', record: 'paper-table' },
  },
  {
    ...{ id: 'thousand-layers', title: 'paper.thousand', says: 'paper.thousandSays', printed: [] },
    ...{ ours: 'live', here: 'paper.thousandHere', run: 'preactivation', record: 'thousand-layers' },
  },
  {
    ...{ id: 'tables-7', title: 'paper.tables7', says: 'paper.tables7Says', printed: [] },
    list: [
      ...(['paper.table7Says', 'paper.table8Says', 'paper.table9Says', 'paper.table10Says'] as const),
      ...(['paper.table11Says', 'paper.table12Says', 'paper.table13Says', 'paper.table14Says'] as const),
    ],
    ...{ ours: 'absent', here: 'paper.tables7Here' },
  },
];
