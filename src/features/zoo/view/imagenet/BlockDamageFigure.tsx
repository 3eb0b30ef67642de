import { Play, X } from 'lucide-react';
import { useState } from 'react';
import { depthLightness } from '../../../../charts/colours.ts';
import { damagePanel } from '../../../../charts/panels/lesion-panels.ts';
import { BarPanels } from '../../../../charts/panels/Panels.tsx';
import { useWidth } from '../../../../charts/plot-area.ts';
import { type BlockDamage, pretrainedOf } from '../../../../core/data/pretrained.ts';
import { SegmentedControl } from '../../../../ui/controls/Choice.tsx';
import { PANEL_WORDS } from '../../../insight/strings.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import { REAL } from '../../real-strings.ts';
import type { ClassName } from './Guesses.tsx';

const KINDS = (['branch', 'shortcut'] as const satisfies readonly BlockDamage[]).map((value) => {
  return { value, text: REAL.kinds[value] };
});

const HEIGHT = 220;

/** What each block is worth for the answer: deleted, or without its shortcut, one at a time. */
export function BlockDamageFigure({ nameOf }: { readonly nameOf: ClassName }) {
  const pretrained = usePretrained();
  const name = usePretrainedState((state) => state.net);
  const first = usePretrainedState((state) => state.classification?.guesses[0] ?? null);
  const damage = usePretrainedState((state) => state.damage);
  const [kind, setKind] = useState<BlockDamage>('branch');
  const [attach, width] = useWidth<HTMLDivElement>();
  if (first === null) return null;
  const { net } = pretrainedOf(name);
  const blocks = net.gains.length;
  if (blocks === 0) return <p className="source">{REAL.noBlocks(name)}</p>;

  const measured = damage?.kind === kind ? damage.parts : [];
  const running = damage?.running === true;
  const answers = measured.map(({ block, probability, guess }) => ({ block, probability, name: nameOf(guess.label) }));
  const words = { ...PANEL_WORDS, intact: REAL.intact, says: REAL.says, share: REAL.share };
  const drawn = { id: name, name, family: net.family, lightness: depthLightness(net.depth) };
  const panel = damagePanel(drawn, first.probability, blocks, answers, words);
  const kept = measured.filter(({ guess }) => guess.label === first.label).length;
  return (
    <section className="real-damage" aria-label={REAL.damage}>
      <div className="fig-head">
        <h4>{REAL.damage}</h4>
        <SegmentedControl label={REAL.damageKind} value={kind} options={KINDS} onChange={setKind} />
        {running ? (
          <>
            <progress
              className="inside-progress"
              value={damage.parts.length}
              max={blocks}
              aria-label={REAL.progress(damage.parts.length, blocks)}
            />
            <button type="button" className="btn mini" onClick={() => pretrained.stop()}>
              <X size={12} aria-hidden />
              <span>{REAL.stop}</span>
            </button>
          </>
        ) : (
          <button type="button" className="btn mini" onClick={() => pretrained.damage(kind)}>
            <Play size={12} aria-hidden />
            <span>{REAL.run}</span>
          </button>
        )}
      </div>
      <p className="reading">
        {`${REAL.damageAbout(nameOf(first.label), kind)} ${measured.length === blocks ? REAL.kept(kind, kept, blocks) : ''}`}
      </p>
      {measured.length > 0 && (
        <>
          <div ref={attach} className="fig real-chart">
            {width !== null && (
              <BarPanels panels={[panel]} width={width} height={HEIGHT} label={REAL.chart(name)} named />
            )}
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="fig-table real-table" tabIndex={0} aria-label={REAL.table}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{REAL.columns.block}</th>
                  <th scope="col">{REAL.columns.probability}</th>
                  <th scope="col">{REAL.columns.likeliest}</th>
                  <th scope="col">{REAL.columns.share}</th>
                </tr>
              </thead>
              <tbody>
                {measured.map(({ block, probability, guess }) => (
                  <tr key={block}>
                    <th scope="row">{block}</th>
                    <td>{REAL.share(probability)}</td>
                    <td className={guess.label === first.label ? undefined : 'changed'}>{nameOf(guess.label)}</td>
                    <td>{REAL.share(guess.probability)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </section>
  );
}
