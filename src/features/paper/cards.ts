import type { PresetName } from '../../core/experiment/presets.ts';
import { PAPER_BILLIONS, PAPER_RESULTS, type PaperResult } from '../../core/net/paper.ts';
import type { MessageKey } from '../../language/messages.ts';

/** A number that the paper prints. */
export interface PaperNumber {
  readonly name: string;
  readonly family: 'plain' | 'residual';
  readonly value: number;
}

/**
 * What this page has beside it. `live`: it trains here; `shown`: the paper’s numbers are drawn or counted here, and nothing is
 * trained; `missing`: it takes a longer run than a visit, which is not recorded yet; `absent`: it is not to be seen here.
 */
export type Ours = 'live' | 'shown' | 'missing' | 'absent';

/** A figure or table of He et al. 2015, or several that belong together. */
export interface PaperCard {
  readonly id: string;
  readonly title: MessageKey;
  /** What the paper says there, with the section. */
  readonly says: MessageKey;
  /** What the numbers are; left out where the paper prints none. */
  readonly unit?: MessageKey;
  readonly numbers: readonly PaperNumber[];
  readonly ours: Ours;
  /** What is here, and where it differs from the paper, with why that may be. */
  readonly here: MessageKey;
  /** The experiment that shows it here. */
  readonly preset?: PresetName;
}

const of = (family: PaperNumber['family']) => (name: string, value: number) => ({ name, family, value });
const plain = of('plain');
const residual = of('residual');

function errors(results: readonly PaperResult[], kind: 'top1' | 'top5'): readonly PaperNumber[] {
  return results.flatMap(({ name, family, [kind]: value }) => (value === null ? [] : [{ name, family, value }]));
}

const TABLE_2 = ['plain-18', 'plain-34', 'ResNet-18', 'ResNet-34 A'];

/** In the order of the paper’s figures, then of its tables. */
export const PAPER_CARDS: readonly PaperCard[] = [
  {
    ...{ id: 'figure-1', title: 'paper.figure1', says: 'paper.figure1Says', numbers: [] },
    ...{ ours: 'live', here: 'paper.figure1Here', preset: 'deep' },
  },
  {
    ...{ id: 'figure-2', title: 'paper.figure2', says: 'paper.figure2Says', numbers: [] },
    ...{ ours: 'live', here: 'paper.figure2Here', preset: 'twins' },
  },
  {
    ...{ id: 'figure-3', title: 'paper.figure3', says: 'paper.figure3Says', numbers: [] },
    ...{ ours: 'live', here: 'paper.figure3Here', preset: 'family' },
  },
  {
    ...{ id: 'figure-4', title: 'paper.figure4', says: 'paper.figure4Says', unit: 'paper.top1' },
    numbers: errors(
      PAPER_RESULTS['ten-crop'].filter(({ name }) => TABLE_2.includes(name)),
      'top1',
    ),
    ...{ ours: 'live', here: 'paper.figure4Here', preset: 'figure-4' },
  },
  {
    ...{ id: 'figure-5', title: 'paper.figure5', says: 'paper.figure5Says', numbers: [] },
    ...{ ours: 'live', here: 'paper.figure5Here', preset: 'bottleneck' },
  },
  {
    ...{ id: 'figure-6', title: 'paper.figure6', says: 'paper.figure6Says', unit: 'paper.testError' },
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
    ...{ ours: 'missing', here: 'paper.figure6Here', preset: 'sweep' },
  },
  {
    ...{ id: 'figure-7', title: 'paper.figure7', says: 'paper.figure7Says', numbers: [] },
    ...{ ours: 'missing', here: 'paper.figure7Here', preset: 'twins' },
  },
  {
    ...{ id: 'table-1', title: 'paper.table1', says: 'paper.table1Says', unit: 'paper.billions' },
    numbers: Object.entries(PAPER_BILLIONS)
      .filter(([name]) => name.startsWith('ResNet'))
      .map(([name, value]) => residual(name, value)),
    ...{ ours: 'shown', here: 'paper.table1Here' },
  },
  {
    ...{ id: 'table-3', title: 'paper.table3', says: 'paper.table3Says', unit: 'paper.top1' },
    numbers: errors(
      PAPER_RESULTS['ten-crop'].filter(({ name }) => !TABLE_2.includes(name) || name === 'ResNet-34 A'),
      'top1',
    ),
    ...{ ours: 'live', here: 'paper.table3Here', preset: 'options' },
  },
  {
    ...{ id: 'table-4', title: 'paper.table4', says: 'paper.table4Says', unit: 'paper.top5' },
    numbers: errors(PAPER_RESULTS.single, 'top5'),
    ...{ ours: 'shown', here: 'paper.table4Here' },
  },
  {
    ...{ id: 'table-5', title: 'paper.table5', says: 'paper.table5Says', unit: 'paper.top5' },
    numbers: errors(PAPER_RESULTS.ensemble, 'top5'),
    ...{ ours: 'shown', here: 'paper.table5Here' },
  },
  {
    ...{ id: 'tables-7', title: 'paper.tables7', says: 'paper.tables7Says', numbers: [] },
    ...{ ours: 'absent', here: 'paper.tables7Here' },
  },
];
