/** The roles that the journey asks for. */
export type Role =
  | 'alert'
  | 'application'
  | 'button'
  | 'dialog'
  | 'figure'
  | 'file'
  | 'img'
  | 'list'
  | 'menuitem'
  | 'region'
  | 'slider'
  | 'switch';

/** An element by what a screen reader calls it. */
export interface Locator {
  readonly role: Role;
  /** The whole name, or with `/` before and after it a regular expression that it matches. */
  readonly name: string;
  readonly within?: Locator;
}

/**
 * The first element that the locator describes; null where there is none. It runs in the page, so that every engine finds
 * elements in the same way, and must not refer to anything outside of itself.
 */
export function findElement(locator: Locator): Element | null {
  const selectors: Readonly<Record<string, string>> = {
    button: 'button:not([role]), [role=button]',
    figure: 'figure, [role=figure]',
    file: 'input[type=file]',
    img: 'img, [role=img], canvas[aria-label]',
    list: 'ul, ol',
    region: 'section[aria-label], section[aria-labelledby], [role=region]',
    slider: 'input[type=range], [role=slider]',
  };
  const nameOf = (element: Element): string => {
    const labelledBy = element.getAttribute('aria-labelledby');
    const labels = labelledBy?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '');
    const name = labels?.join(' ') ?? element.getAttribute('aria-label') ?? element.textContent ?? '';
    return name.replace(/\s+/g, ' ').trim();
  };
  const pattern = /^\/(.*)\/$/.exec(locator.name)?.[1];
  const isNamed = (name: string) => (pattern === undefined ? name === locator.name : new RegExp(pattern).test(name));
  const isThere = (element: Element) => locator.role === 'file' || element.checkVisibility();
  const root = locator.within === undefined ? document : findElement(locator.within);
  const candidates = root?.querySelectorAll(selectors[locator.role] ?? `[role=${locator.role}]`) ?? [];
  return [...candidates].find((element) => isThere(element) && isNamed(nameOf(element))) ?? null;
}

/**
 * Scrolls to the element and gives its centre; null where it is not there, is disabled, or something lies over it. Runs
 * in the page, with `findElement` beside it.
 */
export function pointOn(locator: Locator): { readonly x: number; readonly y: number } | null {
  const element = findElement(locator);
  if (element === null || element.matches(':disabled, [aria-disabled=true]')) return null;
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  return hit !== null && element.contains(hit) ? { x, y } : null;
}
