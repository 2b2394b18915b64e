import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Where the browser is; the one from npm is unpacked by the first call. */
export async function browserPath(): Promise<string> {
  const installed = process.env.CHROMIUM_PATH ?? INSTALLED.find((path) => existsSync(path));
  return installed ?? chromium.executablePath();
}

/**
 * A real browser: `CHROMIUM_PATH`, one that is installed, or the one that comes by npm. That one without the arguments its
 * package proposes: they are for a place that allows one process, where a window that closes may end the browser.
 */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await browserPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Without a process for each site a frame or a step to another site starts none, as in the browser inside LINE; what a
      // page of another origin may do is the same.
      '--disable-site-isolation-trials',
    ],
  });
}
