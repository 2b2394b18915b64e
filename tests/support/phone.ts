import AxeBuilder from '@axe-core/playwright';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
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

/** No fault that a machine can find stands between the page and anybody who uses it. */
export async function expectAccessible(page: Page): Promise<void> {
  // Legacy mode leaves out other sites' frames and saves a window a look, in half the time: enough where there is no frame.
  const look = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await look.setLegacyMode(page.frames().length === 1).analyze();
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(faults).toEqual([]);
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
