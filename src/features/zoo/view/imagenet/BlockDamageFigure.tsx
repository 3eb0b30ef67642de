import { Play, X } from 'lucide-react';
import { useState } from 'react';
import { depthLightness } from '../../../../charts/colours.ts';
import { damagePanel } from '../../../../charts/panels/lesion-panels.ts';
import { BarPanels } from '../../../../charts/panels/Panels.tsx';
import { useWidth } from '../../../../charts/plot-area.ts';
import { type BlockDamage, pretrainedOf } from '../../../../core/data/pretrained.ts';
import { say } from '../../../../language/say.ts';
import { SegmentedControl } from '../../../../ui/controls/Choice.tsx';
import { ProgressBar } from '../../../../ui/controls/ProgressBar.tsx';
import { PANEL_WORDS } from '../../../figures/panel-words.ts';
import { usePretrained, usePretrainedState } from '../../../use-stores.ts';
import type { ClassName } from '../../class-names.ts';
import { probabilityText } from '../../words.ts';
import styles from './block-damage.module.css';

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
  if (blocks === 0) return <p className="source">{say('zoo.noBlocks', { net: name })}</p>;

  const measured = damage?.kind === kind ? damage.parts : [];
  const running = damage?.running === true;
  const answers = measured.map(({ block, probability, guess }) => ({ block, probability, name: nameOf(guess.label) }));
  const words = {
    ...PANEL_WORDS,
    intact: (value: string) => say('zoo.intact', { value }),
    says: (value: string, name: string) => say('zoo.damagedAnswer', { value, name }),
    share: probabilityText,
  };
  const drawn = { id: name, name, family: net.family, lightness: depthLightness(net.depth) };
  const panel = damagePanel(drawn, first.probability, blocks, answers, words);
  const same = measured.filter(({ guess }) => guess.label === first.label).length;
  return (
    <section className={styles.damage} aria-label={say('zoo.damage')}>
      <div className="fig-head">
        <h4>{say('zoo.damage')}</h4>
        <SegmentedControl label={say('zoo.damageKind')} value={kind} options={kindOptions()} onChange={setKind} />
        {running && (
          <ProgressBar
            label={say('zoo.damageProgress', { done: damage.parts.length, blocks })}
            done={damage.parts.length}
            of={blocks}
          />
        )}
        {/* One element for both, which keeps the focus. */}
        <button
          type="button"
          className="btn mini"
          onClick={() => (running ? pretrained.stop() : pretrained.damage(kind))}
        >
          {running ? <X size={12} aria-hidden /> : <Play size={12} aria-hidden />}
          <span>{say(running ? 'zoo.stop' : 'zoo.measure')}</span>
        </button>
      </div>
      <p className="reading">{aboutDamage(kind, nameOf(first.label))}</p>
      {measured.length === blocks && <p className="reading">{sameAnswers(kind, same, blocks)}</p>}
      {measured.length > 0 && (
        <>
          <div ref={attach} className={`fig ${styles.chart}`}>
            {width !== null && (
              <BarPanels
                panels={[panel]}
                width={width}
                height={HEIGHT}
                label={say('zoo.damageChart', { net: name })}
                named
              />
            )}
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={`fig-table ${styles.table}`} tabIndex={0} aria-label={say('zoo.damageTable')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('zoo.block')}</th>
                  <th scope="col">{say('zoo.probability')}</th>
                  <th scope="col">{say('zoo.likeliestNow')}</th>
                  <th scope="col">{say('zoo.itsProbability')}</th>
                </tr>
              </thead>
              <tbody>
                {measured.map(({ block, probability, guess }) => (
                  <tr key={block}>
                    <th scope="row">{block}</th>
                    <td>{probabilityText(probability)}</td>
                    <td className={guess.label === first.label ? undefined : styles.changed}>{nameOf(guess.label)}</td>
                    <td>{probabilityText(guess.probability)}</td>
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

function kindOptions(): readonly { readonly value: BlockDamage; readonly text: string }[] {
  return [
    { value: 'branch', text: say('zoo.deleteBranch') },
    { value: 'shortcut', text: say('zoo.cutShortcut') },
  ];
}

function aboutDamage(kind: BlockDamage, name: string): string {
  return kind === 'branch' ? say('zoo.aboutBranch', { name }) : say('zoo.aboutShortcut', { name });
}

function sameAnswers(kind: BlockDamage, same: number, blocks: number): string {
  return kind === 'branch'
    ? say('zoo.sameWithoutBranch', { same, blocks })
    : say('zoo.sameWithoutShortcut', { same, blocks });
}
