import { netClass, netStyle } from '../../charts/colours.ts';
import type { Net } from '../../charts/panels/panel.ts';
import type { StoryPart } from '../race/story/claim.ts';

/** A sentence whose numbers have the colours of their nets. */
export function ColouredText({ parts, nets }: { readonly parts: readonly StoryPart[]; readonly nets: readonly Net[] }) {
  return parts.map(({ text, lane, strong = false }, index) => {
    const net = nets.find(({ name }) => name === lane);
    const look = net === undefined ? {} : { className: netClass(net.family), style: netStyle(net.lightness) };
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the sentence's parts have only their places
    return strong ? (
      <b key={index} {...look}>
        {text}
      </b>
    ) : (
      <span key={index} {...look}>
        {text}
      </span>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
  });
}
