import type { Frame, Locator } from 'playwright-core';
import { TEST_CARDS } from '../../src/demo/simulated-card-gateway/cards.ts';
import type { End } from '../../src/demo/simulated-identity-provider/sessions.ts';
import type { StepName } from '../../src/features/applications/rules/steps.ts';

/** The fields of a page by name: a choice by its value, a tick by `yes`. */
type Fields = Readonly<Record<string, string>>;

/** Somebody who applies, as far as the form asks. */
export interface ApplyingPerson {
  readonly plan: Fields;
  readonly sim: Fields;
  readonly contractor?: Fields;
  readonly user?: Fields;
  readonly filtering?: Fields;
  /** How each visit to the provider of identity verification ends; the last one well. */
  readonly identity?: readonly End[];
  /** Each card that is tried, with the answer to 3-D Secure; the last one good. */
  readonly cards?: readonly { readonly number: string; readonly answer?: 'yes' | 'no' | 'wait' }[];
}

/** How somebody goes through the pages. */
export interface Manner {
  /** The digits that were mailed to an address. */
  readonly codeTo: (mail: string) => Promise<string>;
  /** Whether the postal code fills the address in by itself. */
  readonly hasScript?: boolean;
  /** How a button is pressed, a field written into, a choice or a tick made. */
  readonly press?: (button: Locator) => Promise<unknown>;
  readonly type?: (field: Locator, value: string) => Promise<unknown>;
  readonly choose?: (control: Locator) => Promise<unknown>;
  /** Before a step is filled in; whoever goes on elsewhere answers where. */
  readonly onStep?: (step: StepName, frame: Frame) => Promise<Frame | undefined>;
}

type Place = StepName | 'done';

const NEXT = 'button[name=go][value=next]';
const GOOD_CARDS: NonNullable<ApplyingPerson['cards']> = [{ number: TEST_CARDS.visa }];

/** Which page of the way a frame shows; null anywhere else. */
function placeOf(url: string): Place | null {
  const step = /\/apply\/[0-9a-f-]{36}\/(\w+)/.exec(new URL(url).pathname)?.[1];
  return (step as Place | undefined) ?? null;
}

/**
 * Goes the whole way from the step that is open until the application is sent: fills each page in as the person's data say,
 * whichever comes. Answers which steps came, and the order's number.
 */
export async function applyAs(
  from: Frame,
  person: ApplyingPerson,
  {
    codeTo,
    hasScript = true,
    press = (button) => button.click(),
    type = (field, value) => field.fill(value),
    choose = (control) => control.check(),
    onStep,
  }: Manner,
): Promise<{ steps: readonly StepName[]; orderNumber: string }> {
  let frame = from;
  const steps: StepName[] = [];

  /**
   * Pressed twice before the page's script is there, a form is sent twice: the second navigation ends the first, which
   * `waitForURL` hears of as a failure. Where the second leads is waited for.
   */
  async function arrives(is: (url: URL) => boolean): Promise<void> {
    for (;;) {
      try {
        return await frame.waitForURL(is, { waitUntil: 'domcontentloaded' });
      } catch (error) {
        if (!String(error).includes('net::ERR_ABORTED')) throw error;
      }
    }
  }
  const comesBack = () => arrives(({ href }) => placeOf(href) !== null);
  const submit = () => press(frame.locator(NEXT));
  const form = async (fields: Fields = {}) => {
    await fill(fields);
    await submit();
  };
  async function fill(fields: Fields): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      const control = frame.locator(`[name="${name}"]`).first();
      const kind = await control.getAttribute('type');
      if (kind === 'radio') await choose(frame.locator(`[name="${name}"][value="${value}"]`));
      else if (kind === 'checkbox') await choose(control);
      else if ((await control.inputValue()) !== value) await type(control, value);
    }
  }

  const fillStep: Record<StepName, () => Promise<unknown>> = {
    plan: () => form(person.plan),
    sim: () => form(person.sim),
    async contractor() {
      await fill(person.contractor ?? {});
      if (!hasScript) await press(frame.locator('button[value=look-up]'));
      while ((await frame.locator('#address').inputValue()) === '') await frame.waitForTimeout(20);
      await submit();
    },
    async mail() {
      await type(frame.locator('[name=code]'), await codeTo(person.contractor?.mail ?? ''));
      await press(frame.locator('form:has([name=code]) button'));
    },
    user: () => form(person.user),
    filtering: () => form(person.filtering),
    async identity() {
      for (const end of person.identity ?? ['success']) {
        await press(frame.locator('form[action$="/identity"] button'));
        if (end !== 'success') await choose(frame.locator(`[name=end][value="${end}"]`));
        // The provider's form, not one of the page that is being left.
        await press(frame.locator('form:has(input[name=end]) button'));
        await comesBack();
      }
    },
    async payment() {
      for (const { number, answer = 'yes' } of person.cards ?? GOOD_CARDS) {
        await press(frame.locator('form[action$="/payment"] button'));
        await type(frame.locator('[name=number]'), number);
        await press(frame.locator('form:has([name=number]) button'));
        if (number !== TEST_CARDS.declined) await press(frame.locator(`[name=answer][value=${answer}]`));
        await comesBack();
      }
    },
    async documents() {
      await press(frame.locator('form[action$="/documents"] button'));
      for (const code of ['explanation', 'terms']) {
        await arrives(({ pathname }) => pathname.endsWith(`/documents/${code}`));
        await press(frame.locator(`form[action$="/${code}"] button`));
      }
    },
    review: () => press(frame.locator('form[action$="/review"] button')),
  };

  await comesBack();
  for (let place = placeOf(frame.url()); place !== 'done'; place = placeOf(frame.url())) {
    if (place === null || steps.includes(place)) throw new Error(`after ${steps.join(', ')}: ${frame.url()}`);
    const step = place;
    steps.push(step);
    frame = (await onStep?.(step, frame)) ?? frame;
    await frame.getByRole('progressbar').waitFor();
    await fillStep[step]();
    await arrives((url) => ![null, step].includes(placeOf(url.href) as StepName | null));
  }
  const orderNumber = (await frame.locator('.notice .figure').textContent()) ?? '';
  return { steps, orderNumber };
}
