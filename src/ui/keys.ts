/** What a key press tells of input methods. */
type Composing = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

/**
 * Whether a key is an input method's, as Enter and Escape are that end what it composes. Safari has ended that before it
 * tells of the key, which only the code 229 still says (WebKit bug 165004).
 */
export function isComposed({ isComposing, keyCode }: Composing): boolean {
  return isComposing || keyCode === 229;
}

/** Enter that is not part of what an input method composes. */
export function isEnter({ key, nativeEvent }: { readonly key: string; readonly nativeEvent: Composing }): boolean {
  return key === 'Enter' && !isComposed(nativeEvent);
}

/** How far each arrow key goes in a row or column of things: one on, or one back. */
export const ARROW_STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};
