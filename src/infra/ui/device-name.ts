import { type Browser, type Device, describeDevice } from '../../base/device.ts';
import type { Language } from '../../base/language.ts';

interface DeviceWords {
  readonly device: Record<Device, string>;
  readonly browser: Record<Browser, string>;
  readonly on: (device: string, browser: string) => string;
}

const words: Record<Language, DeviceWords> = {
  ja: {
    device: {
      iPhone: 'iPhone',
      iPad: 'iPad',
      Android: 'Android',
      Windows: 'Windowsパソコン',
      Mac: 'Mac',
      Linux: 'Linuxパソコン',
      unknown: '不明な端末',
    },
    browser: {
      LINE: 'LINEアプリ内',
      Edge: 'Edge',
      Chrome: 'Chrome',
      Firefox: 'Firefox',
      Safari: 'Safari',
      unknown: '不明なブラウザー',
    },
    on: (device, browser) => `${device}の${browser}`,
  },
  en: {
    device: {
      iPhone: 'iPhone',
      iPad: 'iPad',
      Android: 'Android',
      Windows: 'Windows computer',
      Mac: 'Mac',
      Linux: 'Linux computer',
      unknown: 'Unknown device',
    },
    browser: {
      LINE: 'the LINE app',
      Edge: 'Edge',
      Chrome: 'Chrome',
      Firefox: 'Firefox',
      Safari: 'Safari',
      unknown: 'an unknown browser',
    },
    on: (device, browser) => `${device}, ${browser}`,
  },
};

/** A signed-in browser as its owner knows it: `iPhoneのSafari`, `iPhone, Safari`. */
export function deviceName(userAgent: string | null, language: Language): string {
  const { device, browser } = describeDevice(userAgent);
  const own = words[language];
  if (device === 'unknown' && browser === 'unknown') return own.device.unknown;
  return own.on(own.device[device], own.browser[browser]);
}
