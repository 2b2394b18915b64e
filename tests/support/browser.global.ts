import { browserPath } from './browser.ts';

/** Unpacked once, before several workers want it at the same moment. */
export default async function setup(): Promise<void> {
  await browserPath();
}
