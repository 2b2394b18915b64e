import { html } from 'htm/preact';
import type { TalkEntry } from '../../../contract.ts';
import { usePhone } from '../phone-tools.ts';
import { dayOfYear } from '../time.ts';
import { Picture } from './picture.ts';

/** A coupon: the message has its id only, the talk's entry what it says. */
export function CouponMessage({ coupon }: { coupon: TalkEntry['coupon'] }) {
  const { person, words } = usePhone();
  if (!coupon) return html`<div class="bubble bubble-unknown">${words('coupon')}</div>`;
  return html`
    <div class="card coupon">
      ${coupon.imageUrl && html`<${Picture} src=${coupon.imageUrl} alt="" />`}
      <div class="card-text"><small>${words('coupon')}</small><strong>${coupon.title}</strong>
        <p>${words('until')} ${dayOfYear(coupon.endsAt, person.language)}</p></div>
    </div>`;
}
