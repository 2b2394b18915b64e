import type { Form as PostedForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Checkbox,
  CopyButton,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  Notice,
  renderPage,
  Select,
} from '../../../infra/ui/components.tsx';
import { ConsolePage } from '../../staff/index.ts';
import type { AddFault } from '../partners.ts';
import { PARTNER_GRANTS } from '../rules/partner.ts';
import { PURPOSES } from '../rules/scopes.ts';
import { talkText } from '../text.ts';
import { FIELD_OF, frameOf, PARTNERS_HOME, type PartnerConsoleDeps } from './parts.tsx';
import { consoleText } from './text.ts';

/** Writing a partner down: everything agreed on, on one page. */
export function addPage(deps: PartnerConsoleDeps, c: WebContext, form: PostedForm, fault?: AddFault) {
  const { language } = c.var;
  const t = consoleText(language);
  const purposes = talkText(language).purposes;
  const errors = fault ? [{ field: FIELD_OF[fault], text: t.faults[fault] }] : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  const text = (name: string, label: string, hint?: string, isRequired = true) => (
    <Field name={name} label={label} hint={hint} value={form(name)} error={errorOf(name)} required={isRequired} />
  );
  const box = (name: string, label: string) => <Checkbox name={name} label={label} isChecked={form(name) === 'yes'} />;
  return renderPage(
    c,
    <ConsolePage
      {...frameOf(deps, c)}
      title={t.addTitle}
      back={{ href: PARTNERS_HOME, label: t.title }}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      <Form action="/console/partners/new">
        {text('partnerId', t.id, t.idHint)}
        {text('nameJa', t.nameJa)}
        {text('nameEn', t.nameEn)}
        <fieldset class="field">
          <legend>{t.ways}</legend>
          {PARTNER_GRANTS.map((grant) => box(`grant-${grant}`, t.grants[grant]))}
        </fieldset>
        {text('redirectUris', t.redirectUris, t.redirectUrisHint, false)}
        <fieldset class="field">
          <legend>{t.told}</legend>
          {box('told-age', t.toldAge)}
          {box('told-volume', t.toldVolume)}
          {box('told-events', t.toldEvents)}
          {box('told-tenure', t.toldTenure)}
          {box('told-status', t.toldStatus)}
        </fieldset>
        <Checkbox name="match" label={t.match} hint={t.matchHint} isChecked={form('match') === 'yes'} />
        <Select
          name="purpose"
          label={t.purpose}
          value={form('purpose') || PURPOSES[0]}
          options={PURPOSES.map((purpose) => ({ value: purpose, label: purposes[purpose] }))}
        />
        {text('ages', t.ages, t.agesHint, false)}
        <Field
          name="limit"
          label={t.limit}
          value={form('limit') || '60'}
          error={errorOf('limit')}
          inputmode="numeric"
        />
        <Field name="days" label={t.days} value={form('days') || '90'} error={errorOf('days')} inputmode="numeric" />
        {text('keys', t.keys, t.keysHint, false)}
        <Actions>
          <Button>{t.add}</Button>
        </Actions>
      </Form>
    </ConsolePage>,
    fault ? 422 : 200,
  );
}

/** A secret, this once: it is kept as a hash, and nowhere to be seen again. */
export function secretPage(deps: PartnerConsoleDeps, c: WebContext, secret: string) {
  const t = consoleText(c.var.language);
  return renderPage(
    c,
    <ConsolePage {...frameOf(deps, c)} title={t.secretTitle}>
      <Notice kind="warning">
        <p>{t.secretOnce}</p>
      </Notice>
      <p>{t.secret}</p>
      <div class="code-line">
        <code class="detail">{secret}</code>
        <CopyButton text={secret} language={c.var.language} />
      </div>
      <LinkButton kind="secondary" href="/console/partners">
        {t.done}
      </LinkButton>
    </ConsolePage>,
  );
}
