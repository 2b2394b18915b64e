import { newId } from '../../src/base/ids.ts';
import { TEST_CARDS } from '../../src/demo/simulated-card-gateway/cards.ts';
import type { End } from '../../src/demo/simulated-identity-provider/sessions.ts';
import type { ApplicationWorld } from './applications.ts';
import { submitOn } from './companies.ts';
import type { Browser } from './linking.ts';

export const yamada = {
  familyName: '山田',
  givenName: '太郎',
  familyKana: 'ヤマダ',
  givenKana: 'タロウ',
  birthDate: '19850505',
  postalCode: '1500002',
  address: '東京都渋谷区渋谷',
  building: '1-2-3',
  phone: '09011112222',
};

/** Somebody who fills the form in, in a browser of their own. */
export interface FormFiller {
  readonly browser: Browser;
  readonly draftId: string;
  readonly mail: string;
}

/** People who go the way of the form, as far as a test wants. */
export function applicants(world: ApplicationWorld) {
  let people = 0;
  const leave = ({ browser, draftId }: FormFiller, step: 'identity' | 'payment', fields: Record<string, string> = {}) =>
    browser.post(`/apply/${draftId}/${step}`, { requestId: newId(), ...fields });
  const at = ({ browser, draftId }: FormFiller, step: string) => browser.get(`/apply/${draftId}/${step}`);

  return {
    at,
    leave,
    /** As far as the identity. @param carried what a link has brought along */
    async begin(person: Record<string, string> = yamada, carried: Record<string, string> = {}): Promise<FormFiller> {
      people += 1;
      const mail = `applicant-${people}@example.jp`;
      const browser = world.browser();
      const draftId = newId();
      await browser.post('/apply', { requestId: draftId, ...carried });
      await browser.post(`/apply/${draftId}/plan`, { plan: 'p3' });
      await browser.post(`/apply/${draftId}/sim`, { simKind: 'esim', number: 'new', user: 'self' });
      await browser.post(`/apply/${draftId}/contractor`, { ...person, mail });
      const code = /\d{6}/.exec((await world.mails()).findLast(({ to }) => to === mail)?.subject ?? '')?.[0] ?? '';
      const { location } = await browser.post(`/apply/${draftId}/mail`, { code });
      if (location !== `/apply/${draftId}/identity`) throw new Error(`not at the identity: ${location}`);
      return { browser, draftId, mail };
    },
    /** To the provider and back, and where that leads. */
    async verify(one: FormFiller, end: End, method = 'jpki'): Promise<string> {
      const out = await leave(one, 'identity', { method });
      const { location } = await submitOn(out.location, { end });
      return (await one.browser.get(new URL(location).pathname)).location;
    },
    /** To the gateway and back, and where that leads. */
    async register(one: FormFiller, number: string = TEST_CARDS.visa, answer = 'yes'): Promise<string> {
      const out = await leave(one, 'payment');
      const typed = await submitOn(out.location, { number, expiry: '12/30', code: '123' });
      const { location } = typed.location.includes('/secure/') ? await submitOn(typed.location, { answer }) : typed;
      return (await one.browser.get(new URL(location).pathname)).location;
    },
    async agree({ browser, draftId }: FormFiller): Promise<void> {
      for (const code of ['explanation', 'terms']) await browser.get(`/apply/${draftId}/documents/${code}`);
      await browser.post(`/apply/${draftId}/documents`, { 'agree-explanation': 'yes', 'agree-terms': 'yes' });
    },
    /** As far as the last page. */
    async toReview(person?: Record<string, string>, carried?: Record<string, string>): Promise<FormFiller> {
      const one = await this.begin(person, carried);
      await this.verify(one, 'success');
      await this.register(one);
      await this.agree(one);
      return one;
    },
  };
}
