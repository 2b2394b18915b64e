/** What a person calls the device they use. */
export type Device = 'iPhone' | 'iPad' | 'Android' | 'Windows' | 'Mac' | 'Linux' | 'unknown';
/** LINE's own browser first: it also calls itself Safari or Chrome. */
export type Browser = 'LINE' | 'Edge' | 'Chrome' | 'Firefox' | 'Safari' | 'unknown';

const DEVICES: readonly (readonly [RegExp, Device])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

const BROWSERS: readonly (readonly [RegExp, Browser])[] = [
  [/\bLine\//, 'LINE'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

/** Reads a User-Agent header, which anybody can write as they like: for recognising one's own, never for deciding. */
export function describeDevice(userAgent: string | null): { device: Device; browser: Browser } {
  const text = userAgent ?? '';
  return {
    device: DEVICES.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown',
    browser: BROWSERS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown',
  };
}
