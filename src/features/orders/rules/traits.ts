import { fold } from '../../../base/language.ts';
import { type Application, wholeName } from './application.ts';

/** What two orders can have in common without being the same: looked at when somebody reviews. */
export const traitKinds = ['person', 'name', 'address', 'phone', 'mail', 'card', 'number'] as const;
export type TraitKind = (typeof traitKinds)[number];

export interface Trait {
  readonly kind: TraitKind;
  /** Folded for comparison; it is only ever kept as a keyed hash. */
  readonly text: string;
}

/** Hyphens of an address are written in a dozen ways. */
const plain = (text: string) => fold(text).replace(/[‐‑‒–—―−ー-]/gu, '-');
const digits = (text: string) => text.normalize('NFKC').replace(/\D/gu, '');

/** An address as it is compared: however hyphens, blanks and widths were typed. */
export const plainAddress = (at: { readonly postalCode: string; readonly address: string }): string =>
  `${digits(at.postalCode)} ${plain(at.address)}`;

/** What of an application is held against others. */
export function traitsOf({ contractor, payment, number }: Application): Trait[] {
  const traits: Trait[] = [];
  if (contractor.kind === 'new') {
    const name = fold(wholeName(contractor.name));
    traits.push(
      { kind: 'person', text: `${name} ${contractor.birthDate}` },
      { kind: 'name', text: name },
      { kind: 'address', text: plainAddress(contractor) },
      { kind: 'phone', text: digits(contractor.phone) },
      { kind: 'mail', text: fold(contractor.mail) },
    );
  }
  if (payment) traits.push({ kind: 'card', text: payment.reference });
  if (number.kind !== 'new') traits.push({ kind: 'number', text: digits(number.phoneNumber) });
  return traits;
}
