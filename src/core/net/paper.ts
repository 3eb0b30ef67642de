/**
 * Figures that the paper (He et al. 2015) prints: its own nets and VGG-16 of table 3 were measured by its authors, the others
 * it cites. On ImageNet's validation images unless marked. Nothing here was computed in this playground.
 */

/** How an error was measured. Errors of different protocols cannot be compared. */
export type Protocol = 'ten-crop' | 'single' | 'ensemble';

/** A net's error in the paper's tables. */
export interface PaperResult {
  /** Its name in the paper. */
  readonly name: string;
  readonly family: 'plain' | 'residual';
  /** Percent; null where the paper gives none. */
  readonly top1: number | null;
  readonly top5: number | null;
  /** With how many decimals the paper prints its errors. */
  readonly decimals: number;
  /** The net of src/core/net/zoo.ts that it is of; null for those that are not there. */
  readonly net: PaperNet | null;
  /** Whether it was measured on test images, which table 4 marks with a dagger and table 5 does throughout. */
  readonly onTestImages: boolean;
}

/** Nets whose costs can be counted here. */
export type PaperNet =
  | 'VGG-16'
  | 'GoogLeNet'
  | 'plain-18'
  | 'plain-34'
  | 'ResNet-18 A'
  | 'ResNet-34 A'
  | 'ResNet-34'
  | 'ResNet-34 C'
  | 'ResNet-50'
  | 'ResNet-101'
  | 'ResNet-152';

type Row = (name: string, net: PaperNet | null, top1: number | null, top5: number | null) => PaperResult;
const USUAL = { decimals: 2, onTestImages: false } as const;
const plain: Row = (name, net, top1, top5) => ({ name, family: 'plain', net, top1, top5, ...USUAL });
const residual: Row = (name, net, top1, top5) => ({ name, family: 'residual', net, top1, top5, ...USUAL });
const withOneDecimal = (result: PaperResult): PaperResult => ({ ...result, decimals: 1 });
const onTest = (result: PaperResult): PaperResult => ({ ...result, onTestImages: true });

/** Tables 2 and 3; table 4; table 5, whose ensembles are measured on the test images by ImageNet's server. */
export const PAPER_RESULTS: Readonly<Record<Protocol, readonly PaperResult[]>> = {
  'ten-crop': [
    plain('VGG-16', 'VGG-16', 28.07, 9.33),
    plain('GoogLeNet', 'GoogLeNet', null, 9.15),
    plain('PReLU-net', null, 24.27, 7.38),
    plain('plain-18', 'plain-18', 27.94, null),
    plain('plain-34', 'plain-34', 28.54, 10.02),
    residual('ResNet-18', 'ResNet-18 A', 27.88, null),
    residual('ResNet-34 A', 'ResNet-34 A', 25.03, 7.76),
    residual('ResNet-34 B', 'ResNet-34', 24.52, 7.46),
    residual('ResNet-34 C', 'ResNet-34 C', 24.19, 7.4),
    residual('ResNet-50', 'ResNet-50', 22.85, 6.71),
    residual('ResNet-101', 'ResNet-101', 21.75, 6.05),
    residual('ResNet-152', 'ResNet-152', 21.43, 5.71),
  ],
  single: [
    onTest(plain('VGG (ILSVRC’14)', null, null, 8.43)),
    plain('GoogLeNet (ILSVRC’14)', 'GoogLeNet', null, 7.89),
    withOneDecimal(plain('VGG (v5)', null, 24.4, 7.1)),
    plain('PReLU-net', null, 21.59, 5.71),
    plain('BN-inception', null, 21.99, 5.81),
    residual('ResNet-34 B', 'ResNet-34', 21.84, 5.71),
    residual('ResNet-34 C', 'ResNet-34 C', 21.53, 5.6),
    residual('ResNet-50', 'ResNet-50', 20.74, 5.25),
    residual('ResNet-101', 'ResNet-101', 19.87, 4.6),
    residual('ResNet-152', 'ResNet-152', 19.38, 4.49),
  ],
  ensemble: [
    plain('VGG', null, null, 7.32),
    plain('GoogLeNet', null, null, 6.66),
    withOneDecimal(plain('VGG (v5)', null, null, 6.8)),
    plain('PReLU-net', null, null, 4.94),
    plain('BN-inception', null, null, 4.82),
    residual('ResNet', null, null, 3.57),
  ].map(onTest),
};

/** Multiply-adds of a forward pass at 224 pixels in billions, as table 1 and figure 3 give them; VGG-16's as section 4.1 does. */
export const PAPER_BILLIONS = {
  'VGG-16': 15.3,
  'VGG-19': 19.6,
  'plain-18': 1.8,
  'plain-34': 3.6,
  'ResNet-18': 1.8,
  'ResNet-34': 3.6,
  'ResNet-50': 3.8,
  'ResNet-101': 7.6,
  'ResNet-152': 11.3,
} as const satisfies Readonly<Record<string, number>>;

const BILLIONS_BY_NAME: Readonly<Record<string, number>> = PAPER_BILLIONS;

/** The same of any net; undefined where the paper gives none. */
export function paperBillions(name: string): number | undefined {
  return BILLIONS_BY_NAME[name];
}
