import { newId } from '../../../base/ids.ts';
import type { Form as PostedForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, ErrorSummary, Field, Form, LinkButton, renderPage } from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import { ConsolePage, type Staff } from '../../staff/index.ts';
import type { BatchFault } from '../entry-codes.ts';
import { consoleText } from './text.ts';

const FIELDS: Record<BatchFault, string> = {
  'purpose-missing': 'purpose',
  'count-out-of-range': 'count',
  'end-out-of-range': 'lastDay',
};

/** What for, how many, until when. */
export function newBatchPage(
  c: WebContext,
  { staff, home, form, fault }: { staff: Staff; home: string; form: PostedForm; fault?: BatchFault },
) {
  const { language } = c.var;
  const t = consoleText(language);
  const errors = fault ? [{ field: FIELDS[fault], text: t.faults[fault] }] : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return renderPage(
    c,
    <ConsolePage
      c={c}
      staff={staff}
      at="entry-codes"
      title={t.make}
      back={{ href: home, label: t.title }}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      <Form action={`${home}/new`} requestId={newId()}>
        <Field
          name="purpose"
          label={t.purpose}
          hint={t.purposeHint}
          value={form('purpose')}
          error={errorOf('purpose')}
          maxlength={100}
        />
        <Field
          name="count"
          label={t.count}
          hint={t.countHint}
          value={form('count') || '100'}
          error={errorOf('count')}
          inputmode="numeric"
        />
        <Field
          name="lastDay"
          type="date"
          label={t.lastDay}
          hint={t.lastDayHint}
          value={form('lastDay')}
          error={errorOf('lastDay')}
        />
        <Actions>
          <Button>{t.make}</Button>
          <LinkButton kind="quiet" href={home}>
            {uiText(c.var.language).cancel}
          </LinkButton>
        </Actions>
      </Form>
    </ConsolePage>,
    fault ? 422 : 200,
  );
}
