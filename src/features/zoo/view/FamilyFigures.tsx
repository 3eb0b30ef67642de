import { Play } from 'lucide-react';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { say } from '../../../language/say.ts';
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx';
import { PhotographsPart } from '../../photographs/view/PhotographsPart.tsx';
import { useLab } from '../../use-stores.ts';
import { CostTable } from './CostTable.tsx';
import { ImageNetPart } from './imagenet/ImageNetPart.tsx';
import { NetsFigure } from './NetsFigure.tsx';
import styles from './zoo.module.css';

/** The nets that the paper compares on ImageNet: looked at, counted, and run. What the paper says of them is on its cards. */
export function FamilyFigures() {
  const lab = useLab();
  const race = () => {
    lab.openInstead(PRESETS.family);
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <div className="fig-head">
        <h2>{say('zoo.title')}</h2>
        <span className="fig-note">{say('zoo.about')}</span>
        <div className="fig-tools">
          <button type="button" className="btn mini" title={say('zoo.raceAbout')} onClick={race}>
            <Play size={12} aria-hidden />
            <span>{say('zoo.race')}</span>
          </button>
        </div>
      </div>
      <div className={styles.figures}>
        <NetsFigure />
        <CostTable />
        <ErrorBoundary part={say('charts.partRealNets')}>
          <ImageNetPart />
        </ErrorBoundary>
        <ErrorBoundary part={say('photographs.title')}>
          <PhotographsPart className={`${styles.figure} ${styles.wide}`} />
        </ErrorBoundary>
      </div>
    </>
  );
}
