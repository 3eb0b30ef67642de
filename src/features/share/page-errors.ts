import { isTold, type Tell } from '../race/told.ts';

/**
 * Reports what nothing caught: an error thrown in an event handler or a timer, an unhandled rejection. The browser
 * writes it to the console, and the page goes on. What has no error object is not of this page: scripts of extensions,
 * and notes of browsers such as "ResizeObserver loop completed with undelivered notifications".
 */
export function tellPageErrors(tell: Tell, page: EventTarget = window): void {
  const tellOnce = (failure: unknown) => {
    if (failure instanceof Error && !isTold(failure)) tell(failure);
  };
  page.addEventListener('error', (event) => 'error' in event && tellOnce(event.error));
  page.addEventListener('unhandledrejection', (event) => 'reason' in event && tellOnce(event.reason));
}
