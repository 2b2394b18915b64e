import { Hono } from 'hono';
import type { Language } from '../../../base/language.ts';
import type { StickerSet } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Page, renderPage } from '../../../infra/ui/components.tsx';
import { pageText } from '../page-text.ts';
import { pointText } from '../text.ts';
import { loadBalance, loadOrdersOf, type OrderView } from '../view-store.ts';
import type { PointPageDeps } from './deps.ts';

/** GET /points/stickers: the catalogue; GET /points/stickers/:code/picture.svg: a set's picture. */
export function stickerPages(deps: PointPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.get('/points/stickers', async (c) => {
    const { session, language } = c.var;
    const t = pageText(language);
    const pointWords = pointText(language);
    if (!session?.contractorId) return c.notFound();
    const sql = runnerOf(deps.db);
    const [balance, orders] = await Promise.all([
      loadBalance(sql, session.contractorId, deps.clock.now()),
      loadOrdersOf(sql, session.contractorId),
    ]);
    // With several LINE accounts the badge is about the one that looks.
    const mine = orders.filter(({ lineUserId }) => session.lineUserId === null || lineUserId === session.lineUserId);
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={t.stickersTitle}
        nav="points"
        back={{ href: '/points', label: pointWords.title }}
      >
        <p class="lead">{t.stickersLead}</p>
        <p>
          {pointWords.balance} <strong class="figure">{pointWords.amount(balance.points)}</strong>
        </p>
        {operator.stickers.length === 0 ? <p>{t.noStickers}</p> : null}
        <ul class="catalogue">
          {operator.stickers.map((set) => (
            <CatalogueItem
              set={set}
              language={language}
              order={mine.find(({ stickerCode }) => stickerCode === set.code)}
            />
          ))}
        </ul>
      </Page>,
    );
  });

  app.get('/points/stickers/:code/picture.svg', (c) => {
    const set = operator.stickers.find(({ code }) => code === c.req.param('code'));
    if (!set) return c.notFound();
    c.header('content-type', 'image/svg+xml');
    c.header('cache-control', 'private, max-age=3600');
    return c.body(set.picture);
  });

  function CatalogueItem({
    set,
    language,
    order,
  }: {
    set: StickerSet;
    language: Language;
    order: OrderView | undefined;
  }) {
    const t = pageText(language);
    const badge =
      order?.state === 'delivered' ? t.theirs : order?.state === 'waiting' ? t.onItsWay : set.isOpen ? null : t.closed;
    const inside = (
      <>
        <StickerPicture set={set} language={language} />
        <span class="catalogue-name">{set.name[language]}</span>
        <span class="figure">{pointText(language).amount(set.pricePoints)}</span>
        {badge === null ? null : <span class="badge">{badge}</span>}
      </>
    );
    return <li>{badge === null ? <a href={`/points/stickers/${set.code}`}>{inside}</a> : <div>{inside}</div>}</li>;
  }

  return app;
}

/** The set as it is shown in the catalogue. Its name stands beside it, so the picture adds nothing to hear there. */
export function StickerPicture({ set, language, isAlone }: { set: StickerSet; language: Language; isAlone?: boolean }) {
  const alt = isAlone ? pageText(language).picture(set.name[language]) : '';
  return <img src={`/points/stickers/${set.code}/picture.svg`} alt={alt} width="120" height="120" />;
}
