import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepForOffline, offeredUpdate } from './updates.ts';

class FakeServiceWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly postMessage = vi.fn<(message: string) => void>();

  install(): void {
    this.state = 'installed';
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  active: FakeServiceWorker | null = new FakeServiceWorker();
  waiting: FakeServiceWorker | null = null;
  installing: FakeServiceWorker | null = null;
}

let registration: FakeRegistration;

beforeEach(() => {
  registration = new FakeRegistration();
  const serviceWorker = Object.assign(new EventTarget(), {
    controller: registration.active,
    register: async () => registration,
    ready: Promise.resolve(registration),
  });
  vi.stubGlobal('navigator', { serviceWorker });
  vi.stubGlobal('document', { baseURI: 'https://example.org/' });
  vi.stubEnv('DEV', false);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** Accepts what is offered. */
function accept(): void {
  const update = offeredUpdate();
  const ready = update?.type === 'ready' ? update : expect.fail('no newer build is offered');
  ready.accept();
}

test('a newer build that is there, that comes, or that is on its way already is offered', async () => {
  const [there, coming, onItsWay] = [new FakeServiceWorker(), new FakeServiceWorker(), new FakeServiceWorker()];
  registration.installing = onItsWay;
  await keepForOffline();
  expect(offeredUpdate()).toBeNull();
  onItsWay.install();
  accept();
  expect(onItsWay.postMessage).toHaveBeenCalledExactlyOnceWith('take over');

  registration.installing = coming;
  registration.dispatchEvent(new Event('updatefound'));
  coming.install();
  accept();
  expect(coming.postMessage).toHaveBeenCalledOnce();

  registration.waiting = there;
  await keepForOffline();
  accept();
  expect(there.postMessage).toHaveBeenCalledOnce();
});
