/**
 * The manifest and icons with which a browser installs the page as an app. `public/icons` has the icon as PNGs, for systems
 * that take no SVG; `npm run icons` draws them.
 */

/** Its drawing keeps to the middle, so that a system may cut any shape out of it. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" fill="#fdfdfc"/>
  <path d="M20 48V36M44 48V36" stroke="#17191c" stroke-width="10"/>
  <path d="M14 36C14 12 50 12 50 36" fill="none" stroke="#1961b3" stroke-width="5"/>
</svg>
`;

const MANIFEST = {
  name: 'ResNet Playground',
  short_name: 'ResNet',
  description: 'Race plain and residual nets in the browser, and cut their shortcuts while they train.',
  // Relative, as all addresses of the build are.
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#fdfdfc',
  theme_color: '#fdfdfc',
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: 'icons/192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

/** Files of the build, by name. */
export const INSTALL_FILES: Readonly<Record<string, string>> = {
  'manifest.webmanifest': `${JSON.stringify(MANIFEST, null, 2)}\n`,
  'icon.svg': ICON,
};

/** Tags for the page's head. */
export const INSTALL_TAGS = `    <link rel="manifest" href="./manifest.webmanifest" />
    <link rel="apple-touch-icon" href="./icons/180.png" />`;

/** Sides of the PNGs in pixels: iOS asks for 180, Android for the others. */
export const PNG_SIDES = [180, 192, 512] as const;
