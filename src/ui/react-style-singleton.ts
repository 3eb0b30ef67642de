import { useEffect } from 'react';

/**
 * Stands in for the package of this name, by which Radix' dialogs and menus keep the page behind them from scrolling
 * (an alias in vite.config.ts). The package adds a `style` element, for which the Content-Security-Policy would have to
 * allow all inline styles; a constructed style sheet is not subject to it. The styles of the first user stand.
 */
export function styleSingleton() {
  let sheet: CSSStyleSheet | null = null;
  let users = 0;
  return function Sheet({ styles }: { readonly styles: string }): null {
    useEffect(() => {
      users += 1;
      if (sheet === null) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }
      return () => {
        users -= 1;
        if (users > 0) return;
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
        sheet = null;
      };
    }, [styles]);
    return null;
  };
}
