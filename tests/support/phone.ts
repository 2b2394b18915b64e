import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, CDPSession, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './stage.ts';

/** One person's phone, as large as a real one, in a real browser. */
export interface Phone {
  page: Page;
  /** The page inside LINE. */
  inApp: FrameLocator;
  menu(label: string): Locator;
  /** The newest button of the talk with this label. */
  button(label: string): Locator;
  /** The last thing said by the account. */
  waitFor(words: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

export async function openPhone(stage: Stage, browser: Browser, person: string): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 812 },
    locale: 'ja-JP',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${stage.phoneUrl}/?phone=${encodeURIComponent(person)}`);
  const talk = page.getByTestId('talk');
  return {
    page,
    inApp: page.frameLocator('[data-testid=in-app-browser]'),
    menu: (label) => page.getByTestId('rich-menu').getByRole('button', { name: label, exact: true }),
    button: (label) => talk.getByRole('button', { name: label, exact: true }).last(),
    waitFor: (words) => talk.getByText(words).last().waitFor(),
    close: () => context.close(),
  };
}

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** No for a frame that goes elsewhere or closes just now, or does not answer, too. */
const hasAxe = (frame: Frame) =>
  Promise.race([frame.evaluate<boolean>(`typeof axe === 'object'`).catch(() => false), wait(ANSWER_MS, false)]);

const ANSWER_MS = 5_000;
/** As long as a frame may take to take axe. */
const PATIENCE_MS = 30_000;

/**
 * No fault that a machine can find stands between the page and anybody who uses it, in frames of other sites too.
 *
 * Reading axe costs the browser ten times what a look costs: a document reads it once, however often it is looked at.
 */
export async function expectAccessible(page: Page, patienceMs = PATIENCE_MS): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    await giveAxe(page);
    const isReady = (await withoutAxe(page)).length === 0;
    const faults = isReady ? await page.evaluate<string[]>(LOOK) : await wait(50, []);
    // Another document may have come into a frame meanwhile: the look did not see it.
    const unseen = await withoutAxe(page);
    if (isReady && unseen.length === 0) return expect(faults).toEqual([]);
    if (performance.now() > until) {
      throw new Error(
        `what is in ${unseen.join(', ') || 'a frame that changes'} cannot be looked at: it never took axe`,
      );
    }
  }
}

/** The addresses of the frames that axe does not see. */
async function withoutAxe(page: Page): Promise<string[]> {
  const frames = await Promise.all(page.frames().map(async (frame) => ((await hasAxe(frame)) ? [] : [frame.url()])));
  return frames.flat();
}

/** At rest, not between two colours. A frame that does not answer is a fault: none goes unseen. */
const LOOK = `for (const each of document.getAnimations()) {
  if (each.effect.getComputedTiming().endTime < Infinity) each.finish();
}
axe.run({
  resultTypes: ['violations'],
  pingWaitTime: 20_000,
  checks: { 'frame-tested': { options: { isViolation: true } } },
}).then(({ violations }) => violations.map(
  ({ id, nodes }) => id + ': ' + nodes.map((node) => node.html.slice(0, 160)).join(' | '),
))`;

const HEARD_BY_ALL = `;axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] });`;

/** Kept as long as the page: one that ends takes an authenticator with it that a test has put in. */
const sessions = new WeakMap<Page, CDPSession>();

async function giveAxe(page: Page): Promise<void> {
  if (!(await hasAxe(page.mainFrame()))) {
    // Straight to the browser: as an argument of Playwright's own function it is copied several times.
    const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
    sessions.set(page, session);
    await session.send('Runtime.evaluate', { expression: AXE });
    await page.evaluate(HEARD_BY_ALL);
  }
  for (const frame of page.frames()) {
    // One that goes elsewhere just now is given it the next time.
    if (await hasAxe(frame)) continue;
    await Promise.race([frame.evaluate(AXE + HEARD_BY_ALL).catch(() => undefined), wait(ANSWER_MS)]);
  }
}

/** Nothing is wider than the window, also where letters are set twice as large. */
export async function expectFits(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => {
    const root = document.documentElement;
    return ['200%', ''].map((size) => {
      root.style.fontSize = size;
      return Math.max(0, root.scrollWidth - window.innerWidth);
    });
  });
  expect(beyond, page.url()).toEqual([0, 0]);
}
