import { SlowButton } from '../../features/slow-motion/view/SlowControls.tsx';
import { say } from '../../language/say.ts';
import { LabButton } from './Header.tsx';
import styles from './header.module.css';
import { StepButton, StepCounter, TrainButton } from './Transport.tsx';

interface ThumbBarProps {
  readonly labOpen: boolean;
  readonly onLab: () => void;
}

/** What trains, at the lower edge of a phone. */
export function ThumbBar({ labOpen, onLab }: ThumbBarProps) {
  return (
    <footer>
      <div className={styles.thumb} role="toolbar" aria-label={say('page.training')}>
        <StepCounter short />
        <TrainButton saysMore />
        <SlowButton />
        <StepButton />
        <LabButton open={labOpen} onClick={onLab} />
      </div>
    </footer>
  );
}
