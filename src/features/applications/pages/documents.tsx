import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import type { ContractDocument } from '../../../base/operator.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Checkbox,
  DocumentText,
  type FieldError,
  Form,
  LinkButton,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatVersion } from '../../../infra/ui/format.ts';
import type { OpenDraft } from '../drafts.ts';
import { agreed, opened, recordOf } from '../rules/documents.ts';
import { firstOpen } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { BackLink, StepPage, stepPath, TotalLine } from './frame.tsx';
import { openStep } from './step.tsx';
import { pageText } from './text.ts';

const tick = (code: string) => `agree-${code}`;

/**
 * GET and POST /apply/:draft/documents, and each document at …/documents/:code. Opening one is on record; a tick counts only
 * after that, whatever the browser sends.
 */
export function documentPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers } = deps;
  const { documents } = operator.applications;
  const pathOf = (open: OpenDraft, { code }: ContractDocument) => `${stepPath(open.draftId, 'documents')}/${code}`;

  app.get('/apply/:draft/documents', async (c) => {
    const open = await openStep(deps, c, 'documents');
    return open instanceof Response ? open : list(c, open, []);
  });

  app.post('/apply/:draft/documents', async (c) => {
    const open = await openStep(deps, c, 'documents');
    if (open instanceof Response) return open;
    const form = await readForm(c);
    const ticked = documents.filter(({ code }) => form(tick(code)) === 'yes');
    const after = await drafts.change(browsers.applicant(c), open.draftId, (draft, now) =>
      agreed(draft, ticked, now.toString()),
    );
    if (!after) return c.notFound();
    // Nothing ticked too early: the way goes on through what is still to be read.
    const unread = documents.find((document) => !recordOf(after.draft, document));
    if (unread && ticked.every((document) => recordOf(after.draft, document))) {
      return c.redirect(pathOf(after, unread), 303);
    }
    const errors = documents.flatMap((document): FieldError[] => {
      const t = pageText(c.var.language).documents;
      const title = document.title[c.var.language];
      const record = recordOf(after.draft, document);
      if (record?.agreedAt) return [];
      return [{ field: tick(document.code), text: record ? t.notAgreed(title) : t.notOpened(title) }];
    });
    return errors.length > 0 ? list(c, after, errors) : c.redirect(stepPath(after.draftId, firstOpen(after)), 303);
  });

  app.get('/apply/:draft/documents/:code', async (c) => {
    const open = await openStep(deps, c, 'documents');
    if (open instanceof Response) return open;
    const document = documents.find(({ code }) => code === c.req.param('code'));
    if (!document) return c.notFound();
    const after = await drafts.change(browsers.applicant(c), open.draftId, (draft, now) =>
      opened(draft, document, now.toString()),
    );
    return after ? read(c, after, document) : c.notFound();
  });

  app.post('/apply/:draft/documents/:code', async (c) => {
    const open = await openStep(deps, c, 'documents');
    if (open instanceof Response) return open;
    const document = documents.find(({ code }) => code === c.req.param('code'));
    if (!document) return c.notFound();
    const after = await drafts.change(browsers.applicant(c), open.draftId, (draft, now) => {
      const before = documents.filter((other) => recordOf(draft, other)?.agreedAt);
      return agreed(draft, [...before, document], now.toString());
    });
    if (!after) return c.notFound();
    const left = documents.find((other) => !recordOf(after.draft, other)?.agreedAt);
    return c.redirect(left ? pathOf(after, left) : stepPath(after.draftId, firstOpen(after)), 303);
  });

  function list(c: WebContext, open: OpenDraft, errors: readonly FieldError[]) {
    const { language } = c.var;
    const t = pageText(language).documents;
    return renderPage(
      c,
      <StepPage c={c} operator={operator} open={open} step="documents" errors={errors}>
        <TotalLine c={c} open={open} />
        <p>{t.lead}</p>
        <Form action={stepPath(open.draftId, 'documents')} requestId={newId()}>
          {documents.map((document) => {
            const record = recordOf(open.draft, document);
            const title = document.title[language];
            return (
              <section class="card">
                <LinkButton kind="secondary" href={pathOf(open, document)}>
                  {t.open(title)}
                </LinkButton>
                <Checkbox
                  name={tick(document.code)}
                  label={t.agree(title)}
                  hint={record ? t.isOpened : t.isNotOpened}
                  isChecked={Boolean(record?.agreedAt)}
                  error={errors.find(({ field }) => field === tick(document.code))?.text}
                />
              </section>
            );
          })}
          <Actions>
            <Button>
              {documents.every((document) => recordOf(open.draft, document)) ? pageText(language).next : t.readOn}
            </Button>
            <BackLink c={c} open={open} step="documents" />
          </Actions>
        </Form>
      </StepPage>,
      errors.length > 0 ? 422 : 200,
    );
  }

  function read(c: WebContext, open: OpenDraft, document: ContractDocument) {
    const { language } = c.var;
    const t = pageText(language).documents;
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={document.title[language]}
        back={{ href: stepPath(open.draftId, 'documents'), label: t.toList }}
      >
        <p class="muted">{t.version(formatVersion(document.version, language))}</p>
        <DocumentText parts={document.body[language]} />
        <Form action={pathOf(open, document)} requestId={newId()}>
          <Actions>
            <Button>{t.agreeHere}</Button>
          </Actions>
        </Form>
      </Page>,
    );
  }

  return app;
}
