export const updates = {
  title: 'A newer version of the page',
  ready: 'A newer version of this page is ready. The race is saved and can continue after the reload.',
  elsewhere: 'Another tab has updated this page. Reload it to use the new version; the race is saved and can continue.',
  reload: 'Reload',
} as const;
