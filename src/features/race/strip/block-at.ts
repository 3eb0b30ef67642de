export interface BlockAt {
  readonly block: number;
  readonly element: SVGElement;
}

/** The block that an event happened in. */
export function blockAt(target: EventTarget): BlockAt | null {
  const element = target instanceof Element ? target.closest('[data-block]') : null;
  if (!(element instanceof SVGElement)) return null;
  return { block: Number(element.dataset.block), element };
}
