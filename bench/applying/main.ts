import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { type ApplyingPerson, applyAs } from '../../tests/support/application-drive.ts';
import { openBrowser } from '../../tests/support/browser.ts';

// How long does a practised person need from the menu to the application that is sent? Against the running demo:
// `npm start`, then `npm run bench:applying`. Paces are those of the keystroke-level model, on a phone of 375 px.
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    line: { type: 'string', default: 'http://127.0.0.1:9100' },
  },
});

/** Milliseconds: to find and tap something, for a key, to look at a new page, to fetch six digits from the mail. */
const [TAP, KEY, LOOK, FETCH] = [1_100, 170, 1_200, 5_000];

const name = { familyName: '山本', familyKana: 'やまもと' };
const contractor = {
  ...name,
  givenName: '恵',
  givenKana: 'めぐみ',
  birthDate: '19880808',
  postalCode: '1500002',
  building: '1-2-3',
  phone: '09011112222',
};
const child = { givenName: 'さくら', givenKana: 'さくら', birthDate: '20150303' };

const people: Readonly<Record<string, ApplyingPerson>> = {
  'an eSIM with a new number': { plan: { plan: 'p3' }, sim: { simKind: 'esim' }, contractor },
  'a SIM card for a child, with an option and a number brought along': {
    plan: { plan: 'p3', 'option-kakeho10': 'yes' },
    sim: { simKind: 'sim', number: 'one-stop', phoneNumber: '08022223333', user: 'other' },
    contractor,
    user: child,
    filtering: { guardianAgrees: 'yes' },
  },
};

const browser = await openBrowser();
for (const [what, person] of Object.entries(people)) console.log(`${what}: ${await measure(person)}`);
await browser.close();

/** A new phone with LINE, as far as its menu. */
async function openPhone(displayName: string): Promise<Page> {
  await fetch(`${values.line}/control/people`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ displayName }),
  });
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'ja-JP' });
  const page = await context.newPage();
  await page.goto(`${values.line}/?phone=${encodeURIComponent(displayName)}`);
  await page.getByTestId('add-friend').first().click();
  await menuButton(page).waitFor();
  return page;
}

function menuButton(page: Page): Locator {
  return page.getByTestId('rich-menu').getByRole('button', { name: '新規申し込み', exact: true });
}

/** From the menu to the application that is sent, at a person's pace. */
async function measure(person: ApplyingPerson): Promise<string> {
  const mark = String(Date.now());
  const page = await openPhone(`はやい${mark.slice(-6)}`);
  let [taps, keys] = [0, 0];

  async function press(target: Locator): Promise<void> {
    taps += 1;
    await target.waitFor();
    await wait(TAP);
    await target.click();
  }
  /** A word in kanji is typed by its sounds and chosen: two keys a letter, and one more. */
  async function type(field: Locator, value: string): Promise<void> {
    const strokes = /^([ -~]|[ぁ-ん])*$/.test(value) ? value.length : value.length * 2 + 1;
    keys += strokes;
    await press(field);
    await field.fill('');
    await field.pressSequentially(value, { delay: (KEY * strokes) / value.length });
  }
  const began = performance.now();
  let last = began;
  const laps: string[] = [];
  function lap(step: string): void {
    const now = performance.now();
    laps.push(`${step} ${((now - last) / 1_000).toFixed(0)}`);
    last = now;
  }

  await press(menuButton(page));
  await press(page.getByTestId('talk').getByRole('button', { name: '申し込みをはじめる', exact: true }).last());
  const inApp = page.frameLocator('[data-testid=in-app-browser]');
  await press(inApp.getByRole('button', { name: '許可する' }));
  await inApp.locator('form[action="/apply"]').waitFor();
  const frame = page.frames().find((each) => new URL(each.url()).pathname === '/apply');
  if (!frame) throw new Error('no page inside LINE');
  await press(frame.locator('form[action="/apply"] button'));

  let step = 'menu';
  const onStep = async (next: string): Promise<undefined> => {
    lap(step);
    step = next;
    await wait(LOOK);
  };
  const own = { ...person, contractor: { ...person.contractor, mail: `hayai${mark}@example.jp` } };
  await applyAs(frame, own, { codeTo, press, type, choose: press, onStep });
  lap(step);
  await page.context().close();
  const minutes = (performance.now() - began) / 60_000;
  return `${minutes.toFixed(1)} minutes, ${taps} taps, ${keys} keys (seconds: ${laps.join(', ')})`;
}

async function codeTo(mail: string): Promise<string> {
  await wait(FETCH);
  for (;;) {
    const box = await (await fetch(`${values.url}/demo/mail`)).text();
    const code = new RegExp(`(\\d{6})</h2><p class="muted">${mail}<`).exec(box)?.[1];
    if (code) return code;
    await wait(200);
  }
}
