import { printable } from '../../core/quote.ts';

/**
 * A name that a file, a link or a person gave: of a net, a class, a data set, a run. It has a direction of its own, what
 * is invisible in it is shown, it breaks where it must, and a browser that translates the page leaves it as it is.
 */
export function Name({ children }: { readonly children: string }) {
  return (
    <bdi className="outside-name" translate="no">
      {printable(children)}
    </bdi>
  );
}
