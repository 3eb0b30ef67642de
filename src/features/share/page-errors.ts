import { isHandled, type OnFailure } from '../race/handled.ts';

/**
 * Reports what nothing caught: an error thrown in an event handler or a timer, an unhandled rejection. The browser
 * writes it to the console, and the page goes on. What has no error object is not of this page: scripts of extensions,
 * and notes of browsers such as "ResizeObserver loop completed with undelivered notifications".
 */
export function showPageErrors(onFailure: OnFailure, page: EventTarget = window): void {
  const onceOnly = (failure: unknown) => {
    if (failure instanceof Error && !isHandled(failure)) onFailure(failure);
  };
  page.addEventListener('error', (event) => 'error' in event && onceOnly(event.error));
  page.addEventListener('unhandledrejection', (event) => 'reason' in event && onceOnly(event.reason));
}
