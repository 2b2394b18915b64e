/** A phone number as E.164 digits without the plus sign: `819012345678`. */
export type Msisdn = string;

/** How a Japanese number is written at home: `090-1234-5678`, a house's `0312345678`; others with a plus sign. */
export function formatMsisdn(msisdn: Msisdn): string {
  const mobile = /^81(\d{2})(\d{4})(\d{4})$/.exec(msisdn);
  if (mobile) return `0${mobile[1]}-${mobile[2]}-${mobile[3]}`;
  return /^81\d{9}$/.test(msisdn) ? `0${msisdn.slice(2)}` : `+${msisdn}`;
}

/** A number as it was typed, written as at home where it is one. */
export function formatTyped(typed: string): string {
  const msisdn = parseMsisdn(typed);
  return msisdn === undefined ? typed : formatMsisdn(msisdn);
}

/** E.164 digits of a number as people type it (Japan assumed for a leading 0), or undefined. */
export function parseMsisdn(typed: string): Msisdn | undefined {
  const digits = typed.normalize('NFKC').replace(/[^\d+]/g, '');
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return digits.slice(1);
  if (/^0\d{9,10}$/.test(digits)) return `81${digits.slice(1)}`;
  if (/^81\d{9,10}$/.test(digits)) return digits;
  return undefined;
}

/** The same for what programs send: also without the plus sign of a country code, which a query string loses. */
export function readMsisdn(sent: string): Msisdn | undefined {
  return parseMsisdn(sent) ?? parseMsisdn(`+${sent}`);
}
