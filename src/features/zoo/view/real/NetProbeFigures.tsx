import { useEffect } from 'react';
import { netBranchPanels } from '../../../../charts/panels/measured.ts';
import { LinesPanels } from '../../../../charts/panels/Panels.tsx';
import { linesAsNumbers } from '../../../../charts/panels/table-data.ts';
import { pretrainedOf } from '../../../../core/data/pretrained.ts';
import { INSIDE, PANEL_WORDS } from '../../../insight/strings.ts';
import { useInView } from '../../../insight/view/use-in-view.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL_LOOK } from '../../real-look-strings.ts';
import type { ClassName } from './class-names.ts';
import { EvidenceFigure } from './EvidenceFigure.tsx';
import type { LookFigureProps } from './MapsFigure.tsx';
import { RealFigure } from './RealFigure.tsx';

const HEIGHT = 200;

/** What the blocks do to the image, and which places of it speak for the answer. */
export function NetProbeFigures({
  net,
  free,
  nameOf,
}: Omit<LookFigureProps, 'graph'> & { readonly nameOf: ClassName }) {
  const [attach, inView] = useInView<HTMLDivElement>();
  const pretrained = usePretrained();
  const probe = usePretrainedState((state) => state.probe);
  const hasBlocks = usePretrainedState((state) => pretrainedOf(state.net).net.gains.length > 0);
  const wanted = inView && free && probe === null;
  useEffect(() => {
    if (wanted) pretrained.probe();
  }, [pretrained, wanted]);
  const blocks = probe?.blocks ?? [];
  const words = { ...PANEL_WORDS, ratio: REAL_LOOK.ratio, silent: REAL_LOOK.silent };
  const panels = netBranchPanels(net, blocks, words);
  const mean = blocks.reduce((sum, { ratio }) => sum + ratio / blocks.length, 0);
  const least = blocks.reduce(
    (least, each) => (least === undefined || each.ratio < least.ratio ? each : least),
    blocks[0],
  );
  return (
    <div ref={attach} className="real-probe">
      {hasBlocks && (
        <RealFigure
          name="real-branches"
          title={REAL_LOOK.branches}
          note=""
          net={net}
          measured={
            least === undefined
              ? null
              : {
                  tables: panels.map((panel) => linesAsNumbers(panel, REAL_LOOK.branches)),
                  records: {
                    columns: ['net', 'block', 'F over x', 'share that is 0'],
                    rows: blocks.map(({ block, ratio, silent }) => [net.name, block, ratio, silent]),
                  },
                  reading: REAL_LOOK.branchReading(mean, least.ratio, least.block),
                }
          }
          source={REAL_LOOK.branchSource}
          height={HEIGHT}
        >
          {(width) => (
            <LinesPanels panels={panels} width={width} height={HEIGHT} label={INSIDE.crosshair(REAL_LOOK.branches)} />
          )}
        </RealFigure>
      )}
      {probe?.evidence != null && <EvidenceFigure net={net} evidence={probe.evidence} nameOf={nameOf} />}
    </div>
  );
}
