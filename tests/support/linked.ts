import type { Stage } from './stage.ts';
import { createVisitor, type Page, type Visitor } from './visitor.ts';

/** A person of the demo on LINE, with the in-app browser that is signed in to LINE as them. */
export async function onStage(stage: Stage, displayName: string) {
  const person = await stage.control.person(displayName);
  const browser = createVisitor();
  const { cookies } = await person.cookies(stage.accessUrl);
  browser.carry(stage.accessUrl, cookies);
  return Object.assign(person, { browser });
}

export type OnStage = Awaited<ReturnType<typeof onStage>>;

/** Opens the page behind a button of the talk. */
export async function openFrom(person: OnStage, label: string, browser: Visitor = person.browser): Promise<Page> {
  const { opened } = await person.tap(label);
  if (!opened) throw new Error(`"${label}" opened no page`);
  return browser.go(opened);
}

/** From the menu through the page and LINE's dialogue to the confirmation in the talk. */
export async function linkContractor(stage: Stage, person: OnStage, loginId: string): Promise<Page> {
  await person.tap('契約者連携');
  const form = await openFrom(person, '契約者連携をはじめる');
  const page = await form.submit({ loginId, password: `renkei-demo-${loginId}` });
  await stage.control.settle();
  return page;
}

/** The link codes of a contractor's subscriptions, as My Page shows them, in its order. */
export async function linkCodesOf(stage: Stage, loginId: string): Promise<string[]> {
  const browser = createVisitor();
  const form = await browser.go(`${stage.url}/login`);
  await form.submit({ loginId, password: `renkei-demo-${loginId}` });
  await giveSecondProof(stage, await browser.go(`${stage.url}/proof?next=/contract`));
  const contract = await browser.go(`${stage.url}/contract`);
  const codes: string[] = [];
  const forms = contract.html.match(/<form[^>]*action="[^"]*\/code"[^>]*>/g) ?? [];
  for (const form of forms) {
    const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
    const page = await browser.go(new URL(action, stage.url), { method: 'POST', form: {} });
    const code = /\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}/.exec(page.text)?.[0];
    if (code) codes.push(code);
  }
  return codes;
}

/** On the page that asks for it: by the mailed code, or by whoever of the demo's people has the question in the talk. */
export async function giveSecondProof(stage: Stage, proof: Page): Promise<Page> {
  if (proof.html.includes('action="/proof/mail"')) {
    const sent = await proof.submit({}, '確認コードを送る');
    return sent.submit({ code: await mailedCode(stage) }, '確認する');
  }
  const asked = await proof.submit({}, 'トークに送る');
  await stage.control.settle();
  for (const { displayName } of await stage.control.people()) {
    const person = await stage.control.person(displayName);
    if ((await person.heard()).includes('はい、わたしです')) await person.tap('はい、わたしです');
  }
  return asked.submit({}, 'つづける');
}

/** The digits of the last code that was mailed. */
export async function mailedCode(stage: Stage): Promise<string> {
  await stage.control.settle();
  const mail = await createVisitor().go(`${stage.url}/demo/mail`);
  return /確認コード (\d{6})/.exec(mail.text)?.[1] ?? '';
}

export async function linkUser(stage: Stage, person: OnStage, code: string): Promise<Page> {
  await person.tap('利用者連携');
  const form = await openFrom(person, '利用者連携をはじめる');
  const page = await form.submit({ code });
  await stage.control.settle();
  return page;
}

/** The digits of the last code mailed to an address: before they leave in the outbox, then in the demo's mailbox. */
export async function codeMailedTo({ app, url }: Stage, mail: string): Promise<string> {
  const { rows } = await app.database.pool.query<{ subject: string | null }>(
    `select body ->> 'subject' as subject from mail_outbox where recipient = $1 order by created_at desc limit 1`,
    [mail],
  );
  const waiting = rows[0]?.subject ?? null;
  if (waiting !== null) return /\d{6}/.exec(waiting)?.[0] ?? '';
  const box = await createVisitor().go(`${url}/demo/mail`);
  return /(\d{6})$/.exec(box.text.split(` ${mail} `)[0] ?? '')?.[1] ?? '';
}
