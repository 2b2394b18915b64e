import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/phone.ts';

/** What the tests themselves look with. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function pageWith(script: string) {
  const page = await browser.newPage();
  const inner = `<!doctype html><html lang="en"><title>Inner</title><main aria-label="inner"><h1>Inner</h1></main><script>${script}</script></html>`;
  await page.setContent(`<!doctype html><html lang="en"><title>Outer</title><main aria-label="outer"><h1>Outer</h1>
    <iframe title="inner" srcdoc="${inner.replaceAll('"', '&quot;')}"></iframe></main></html>`);
  return page;
}

test('a frame is looked at; one that never takes axe is named, and does not keep the test waiting', async () => {
  await expectAccessible(await pageWith(''));
  const faulty = await expectAccessible(await pageWith('document.querySelector("h1").innerHTML = "<img>"')).catch(
    ({ actual }: { actual: string[] }) => actual.map((fault) => fault.split(':')[0]),
  );
  expect(faulty).toContain('image-alt');
  const deaf = await pageWith('Object.defineProperty(window, "axe", { get: () => undefined, set: () => undefined })');
  await expect(expectAccessible(deaf, 1_000)).rejects.toThrow('about:srcdoc cannot be looked at: it never took axe');
});
