import { Hono } from 'hono';
import { isId, newId } from '../../../base/ids.ts';
import type { StickerSet } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  ConfirmPage,
  LinkButton,
  Notice,
  Page,
  RadioCards,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { withRemark } from '../../../infra/ui/format.ts';
import { pageText } from '../page-text.ts';
import { type StickerRefusal, stickerRefusals } from '../rules/sticker-order.ts';
import { pointText } from '../text.ts';
import { linkedAccounts, loadBalance, loadOrder, type OrderView } from '../view-store.ts';
import { stickerName } from '../words.ts';
import type { PointPageDeps } from './deps.ts';
import { StickerPicture } from './stickers.tsx';

/** GET and POST /points/stickers/:code: asks, then orders; GET /points/stickers/orders/:order: what became of it. */
export function stickerOrderPages(deps: PointPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, db } = deps;
  const back = (c: WebContext) => ({ href: '/points/stickers', label: pageText(c.var.language).stickersTitle });

  app.get('/points/stickers/:code', async (c) => {
    const set = setIn(c);
    const contractorId = c.var.session?.contractorId;
    return set && contractorId ? ask(c, contractorId, set) : c.notFound();
  });

  app.post('/points/stickers/:code', async (c) => {
    const set = setIn(c);
    const contractorId = c.var.session?.contractorId;
    if (!set || !contractorId) return c.notFound();
    const form = await readForm(c);
    const accounts = await linkedAccounts(runnerOf(db), contractorId);
    // The form names an account by its place: no page takes a LINE user id from a browser.
    const account = accounts[Number(form('to') || '0')];
    const requestId = isId(form('requestId')) ? form('requestId') : newId();
    const submitted = await deps.actions.orderSticker({
      requestId: `page:${contractorId}:${requestId}`,
      contractorId,
      lineUserId: account?.lineUserId ?? '',
      stickerCode: set.code,
    });
    if (!submitted.ok) return ask(c, contractorId, set, pageText(c.var.language).alreadySent);
    const { answer } = submitted;
    if (answer.result === 'ordered') return c.redirect(`/points/stickers/orders/${answer.orderId}`, 303);
    if (answer.result !== 'refused' || !isStickerRefusal(answer.code)) return c.notFound();
    return ask(c, contractorId, set, pointText(c.var.language).stickerRefusals[answer.code]);
  });

  app.get('/points/stickers/orders/:order', async (c) => {
    const contractorId = c.var.session?.contractorId;
    if (!contractorId) return c.notFound();
    const order = await loadOrder(runnerOf(db), contractorId, c.req.param('order'));
    return order ? showOrder(c, order) : c.notFound();
  });

  function setIn(c: WebContext): StickerSet | undefined {
    return operator.stickers.find(({ code }) => code === c.req.param('code'));
  }

  async function ask(c: WebContext, contractorId: string, set: StickerSet, problem?: string) {
    const { language, session } = c.var;
    const t = pageText(language);
    const pointWords = pointText(language);
    const sql = runnerOf(db);
    const [accounts, balance] = await Promise.all([
      linkedAccounts(sql, contractorId),
      loadBalance(sql, contractorId, deps.clock.now()),
    ]);
    const present = accounts.findIndex(({ lineUserId }) => lineUserId === session?.lineUserId);
    const nameOf = (account: (typeof accounts)[number], index: number) => {
      const name = account.displayName ?? t.nameless;
      return index === present ? withRemark(name, t.toWhomThis, language) : name;
    };
    const left = balance.points - set.pricePoints;
    const why =
      problem ??
      (accounts.length === 0
        ? pointWords.stickerRefusals['not-linked']
        : left < 0
          ? pointWords.stickerRefusals['not-enough-points']
          : set.isOpen
            ? undefined
            : pointWords.stickerRefusals['not-for-sale']);
    const details = (
      <>
        <p class="sticker-picture">
          <StickerPicture set={set} language={language} isAlone />
        </p>
        <SummaryList
          rows={[
            {
              term: t.price,
              value: <span class="figure">{pointWords.amount(set.pricePoints)}</span>,
            },
            {
              term: left < 0 ? pointWords.balance : t.after,
              value: <span class="figure">{pointWords.amount(left < 0 ? balance.points : left)}</span>,
            },
            ...(accounts.length === 1
              ? accounts.map((account, index) => ({
                  term: t.toWhom,
                  value: nameOf(account, index),
                }))
              : []),
          ]}
        />
      </>
    );
    const page = { c, operator, nav: 'points', back: back(c) } as const;
    if (why !== undefined) {
      return renderPage(
        c,
        <Page {...page} title={set.name[language]} hasErrors={problem !== undefined}>
          <Notice kind={problem === undefined ? 'info' : 'danger'}>
            <p>{why}</p>
            {accounts.length === 0 ? (
              <p>
                <a class="tap" href="/links">
                  {t.toLinks}
                </a>
              </p>
            ) : null}
          </Notice>
          {details}
          <Actions>
            <LinkButton kind="secondary" href="/points/stickers">
              {t.toStickers}
            </LinkButton>
          </Actions>
        </Page>,
        problem === undefined ? 200 : 409,
      );
    }
    return renderPage(
      c,
      <ConfirmPage
        {...page}
        title={t.confirmTitle(set.name[language])}
        action={`/points/stickers/${set.code}`}
        confirmLabel={t.confirm}
        cancelHref="/points/stickers"
        requestId={newId()}
        fields={
          accounts.length > 1 ? (
            <RadioCards
              name="to"
              legend={t.toWhom}
              value={String(Math.max(present, 0))}
              options={accounts.map((account, index) => ({ value: String(index), label: nameOf(account, index) }))}
            />
          ) : null
        }
      >
        {details}
        <p class="muted">{t.once}</p>
      </ConfirmPage>,
    );
  }

  function showOrder(c: WebContext, order: OrderView) {
    const { language } = c.var;
    const t = pageText(language);
    const pointWords = pointText(language);
    const name = stickerName(order.stickerCode, operator, language);
    const titles = {
      waiting: t.waitingTitle,
      delivered: t.deliveredTitle,
      returned: t.returnedTitle,
    };
    const set = operator.stickers.find(({ code }) => code === order.stickerCode);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={titles[order.state](name)} nav="points" back={back(c)}>
        {order.state === 'waiting' ? <Notice kind="info">{t.waiting}</Notice> : null}
        {order.state === 'delivered' ? <Notice kind="success">{pointWords.deliveredHow}</Notice> : null}
        {order.state === 'returned' ? <Notice kind="warning">{t.returned}</Notice> : null}
        {set ? (
          <p class="sticker-picture">
            <StickerPicture set={set} language={language} isAlone />
          </p>
        ) : null}
        <Actions>
          {order.state === 'waiting' ? (
            <LinkButton href={`/points/stickers/orders/${order.orderId}`}>{t.again}</LinkButton>
          ) : null}
          <LinkButton kind="secondary" href="/points/stickers">
            {t.toStickers}
          </LinkButton>
          <LinkButton kind="quiet" href="/points">
            {pointWords.open}
          </LinkButton>
        </Actions>
      </Page>,
    );
  }

  return app;
}

function isStickerRefusal(code: string): code is StickerRefusal {
  return stickerRefusals.some((refusal) => refusal.code === code);
}
