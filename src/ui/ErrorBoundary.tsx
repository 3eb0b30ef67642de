import { RotateCw } from 'lucide-react';
import { Component, type ReactNode, useEffect, useRef } from 'react';
import { printable } from '../core/quote.ts';
import { say } from '../language/say.ts';
import styles from './ErrorBoundary.module.css';
import { sayHiddenFailure } from './hidden-failures.ts';
import { LateError } from './late.tsx';

interface ErrorBoundaryProps {
  /** What fails, as a sentence begins: "The curves". */
  readonly part: string;
  readonly children: ReactNode;
  /** Its heading, where that fails with it: shown above what is said. */
  readonly heading?: ReactNode;
  /** What else is shown while it has failed. */
  readonly meanwhile?: ReactNode;
}

interface State {
  readonly failure: { readonly error: unknown } | null;
}

/**
 * Keeps what fails while it is drawn to one part of the page, says it, and draws the part again when asked to. Without a
 * boundary React takes the whole page away. The first error of a failure is written to the console, and not the same
 * one for each of a hundred pictures.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override readonly state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  #isWritten = false;

  override componentDidCatch(error: unknown): void {
    if (!this.#isWritten) console.error(error);
    this.#isWritten = true;
  }

  readonly #again = () => {
    this.#isWritten = false;
    this.setState({ failure: null });
  };

  override render(): ReactNode {
    const { part, children, heading, meanwhile } = this.props;
    const { failure } = this.state;
    if (failure === null) return children;
    return (
      <>
        {heading}
        <Failure part={part} error={failure.error} onAgain={this.#again} />
        {meanwhile}
      </>
    );
  }
}

interface FailureProps {
  readonly part: string;
  readonly error: unknown;
  readonly onAgain: () => void;
}

/** What failed, in a sentence, and what can be done. */
export function Failure({ part, error, onAgain }: FailureProps) {
  const isLate = error instanceof LateError;
  const sentence = isLate
    ? say('charts.notLoaded', { part })
    : say('charts.notDrawn', { part, reason: printable(String(error)) });
  const alert = useRef<HTMLDivElement>(null);
  // What comes to a part that a dialog hides is not announced there.
  useEffect(() => {
    const isHidden = alert.current?.closest('[aria-hidden="true"]') != null;
    return isHidden ? sayHiddenFailure(sentence) : undefined;
  }, [sentence]);
  return (
    <div ref={alert} className={styles.failed} role="alert" aria-live="assertive">
      <p>{sentence}</p>
      <div className={styles.failedActions}>
        <button type="button" className="btn" onClick={onAgain}>
          <RotateCw size={14} aria-hidden />
          <span>{say('charts.again')}</span>
        </button>
        {isLate && (
          <button type="button" className="btn" onClick={() => location.reload()}>
            {say('charts.reload')}
          </button>
        )}
      </div>
    </div>
  );
}
