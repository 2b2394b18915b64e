import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LinkButton,
  Page,
  RadioCards,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { pageText } from '../page-text.ts';
import { type BillSetting, readFixedPoints } from '../rules/bill-use.ts';
import { loadSetting } from '../setting-store.ts';
import { pointText } from '../text.ts';
import type { PointPageDeps } from './deps.ts';

const USES = ['none', 'all', 'fixed'] as const satisfies readonly BillSetting['use'][];

interface Typed {
  readonly use: string;
  readonly points: string;
}

/** GET and POST /points/bill: how points are used on the monthly bill. Saving the same again changes nothing. */
export function billSettingPages(deps: PointPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/points/bill', async (c) => {
    const contractorId = c.var.session?.contractorId;
    if (!contractorId) return c.notFound();
    const setting = await loadSetting(runnerOf(deps.db), contractorId);
    return show(c, { use: setting.use, points: setting.use === 'fixed' ? String(setting.points) : '' }, []);
  });

  app.post('/points/bill', async (c) => {
    const contractorId = c.var.session?.contractorId;
    if (!contractorId) return c.notFound();
    const form = await readForm(c);
    const typed = { use: form('use'), points: form('points') };
    const { language } = c.var;
    const t = pageText(language);
    const use = USES.find((known) => known === typed.use);
    if (use === undefined) return show(c, typed, [{ field: 'use', text: t.choose }]);
    if (use !== 'fixed') return save(c, contractorId, { use });
    const read = readFixedPoints(typed.points);
    if (!read.ok) return show(c, typed, [{ field: 'points', text: t.fixedFault[read.code] }]);
    return save(c, contractorId, { use, points: read.points });
  });

  async function save(c: WebContext, contractorId: string, setting: BillSetting) {
    await deps.actions.changeBillSetting(contractorId, setting);
    return c.redirect('/points?done=saved', 303);
  }

  function show(c: WebContext, typed: Typed, errors: readonly FieldError[]) {
    const { language } = c.var;
    const t = pageText(language);
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.billTitle}
        nav="points"
        back={{ href: '/points', label: pointText(language).title }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        <p class="lead">{t.billLead}</p>
        <Form action="/points/bill">
          <div class="depending">
            <RadioCards
              name="use"
              legend={t.billUse}
              value={typed.use}
              error={errorOf('use')}
              options={USES.map((use) => ({ value: use, label: t.billChoice[use] }))}
            />
            <div class="if-fixed">
              <Field
                name="points"
                label={t.fixedPoints}
                hint={t.fixedHint}
                inputmode="numeric"
                value={typed.points}
                error={errorOf('points')}
                maxlength={20}
                required={false}
              />
            </div>
          </div>
          <p class="muted">{t.billFrom}</p>
          <Actions>
            <Button>{t.save}</Button>
            <LinkButton kind="quiet" href="/points">
              {uiText(language).cancel}
            </LinkButton>
          </Actions>
        </Form>
      </Page>,
      errors.length > 0 ? 422 : 200,
    );
  }

  return app;
}
