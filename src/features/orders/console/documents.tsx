import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { DocumentText, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment, formatVersion } from '../../../infra/ui/format.ts';
import { ConsolePage, type Staff } from '../../staff/index.ts';
import type { OrdersDeps } from '../deps.ts';
import type { AgreedDocument } from '../rules/application.ts';
import { QUEUE } from './queue.tsx';
import { deskText } from './text.ts';

const PATH = `${QUEUE}/documents`;

/** What was agreed to, by its title, and when; it leads to the words where they are still those that were agreed to. */
export function Agreed(props: { documents: readonly AgreedDocument[]; language: Language; operator: Operator }) {
  const { documents, language, operator } = props;
  const t = deskText(language).applied;
  return (
    <>
      {documents.map(({ code, version, agreedAt }) => {
        const present = operator.applications.documents.find((each) => each.code === code);
        const name = t.document(present?.title[language] ?? code, formatVersion(version, language));
        const at = formatMoment(Temporal.Instant.from(agreedAt), operator.timeZone, language);
        return (
          <>
            <span class="detail-line">
              {present?.version === version ? (
                <a class="tap" href={`${PATH}/${encodeURIComponent(code)}/${encodeURIComponent(version)}`}>
                  {name}
                </a>
              ) : (
                name
              )}
            </span>
            <span class="detail-line muted">
              {t.agreed(at)}
              {present && present.version !== version ? t.otherVersion(formatVersion(present.version, language)) : null}
            </span>
          </>
        );
      })}
    </>
  );
}

/** GET /console/orders/documents/:code/:version: a document as applicants read it. An older version is not kept: 404. */
export function documentPage({ operator }: OrdersDeps, staff: Staff): Hono<WebEnv> {
  return new Hono<WebEnv>().get(`${PATH}/:code/:version`, staff.requireStaff(), (c) => {
    const { language } = c.var;
    const t = deskText(language);
    const { code, version } = c.req.param();
    const document = operator.applications.documents.find((each) => each.code === code && each.version === version);
    if (!document) return c.notFound();
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.applied.document(document.title[language], formatVersion(version, language))}
        at="orders"
        back={{ href: QUEUE, label: t.title }}
      >
        <DocumentText parts={document.body[language]} />
      </ConsolePage>,
    );
  });
}
