import { defineConfig, devices } from '@playwright/test';
import { INSECURE_HOST_FLAG } from './e2e/support/static-host.ts';
import { BROWSER_FLAGS, findTestBrowser } from './scripts/browser.ts';

const port = Number(process.env.E2E_PORT ?? 4187);
const executablePath = findTestBrowser();
if (executablePath === null) throw new Error('no browser: run `npm run browser`');

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  snapshotPathTemplate: 'e2e/gallery/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // Two pages share the cores: most of a test is the page's own thread, and what trains waits for states, not for seconds.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: `http://localhost:${port}/`,
    // A trace of each action's page takes a third of a test's time. Where one fails, `--trace on` shows what it did.
    screenshot: 'only-on-failure',
    // Answers of a service worker pass by `page.route`; isolation.spec.ts and offline.spec.ts allow it.
    serviceWorkers: 'block',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        launchOptions: {
          executablePath,
          args: [
            ...BROWSER_FLAGS,
            // The shell would move letters to whole pixels, as the browser does not.
            '--font-render-hinting=none',
            // Dawn adds code to shaders that clamps each index and zeroes workgroup memory, a quarter of the time that
            // SwiftShader takes to compile them. Without it, a shader that reads outside of its buffers gives wrong numbers,
            // which tests see. backends.spec.ts has it.
            '--enable-dawn-features=disable_robustness,disable_workgroup_init',
            // A camera that shows a clock, and nobody who is asked whether a page may use it.
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            INSECURE_HOST_FLAG,
          ],
        },
      },
    },
  ],
  // The gallery and the engine's checks are no part of the build: a server for development has them, on the port behind.
  webServer: [
    {
      command: `npx vite preview --port ${port} --strictPort`,
      url: `http://localhost:${port}/`,
      reuseExistingServer: false,
    },
    {
      command: `npx vite --port ${port + 1} --strictPort`,
      url: `http://localhost:${port + 1}/gallery.html`,
      reuseExistingServer: false,
    },
  ],
});
