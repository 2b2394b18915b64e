import type { Child } from 'hono/jsx';
import { newId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import { withNext } from '../../../infra/http/next-path.ts';
import { Actions, Button, Card, Field, Form, LineLoginButton, PasskeyForm } from '../../../infra/ui/components.tsx';
import type { ProofWay } from '../rules/ways.ts';
import { credentialsText } from '../text.ts';
import { maskedAddress } from './parts.tsx';

/** Why a proof was not taken, for the card of its way. */
export interface Failure {
  readonly way: ProofWay;
  readonly text: string;
  readonly status: 422 | 429;
}

/** A card for each way of giving a second proof, with its form. */
export function proofCards(shown: {
  next: string;
  language: Language;
  email: string;
  /** Whether the question has been put into the talk. */
  hasTap: boolean;
  /** Whether a code has been mailed. */
  isMailed: boolean;
  failure: Failure | undefined;
}): Record<ProofWay, Child> {
  const { next, language, email, hasTap, isMailed, failure } = shown;
  const t = credentialsText(language).proof;
  const go = <input type="hidden" name="next" value={next} />;
  const codeError = (way: ProofWay) => (failure?.way === way ? failure.text : undefined);
  return {
    password: (
      <Card title={t.password}>
        <Form action="/proof/password">
          {go}
          <Field
            name="password"
            label={t.passwordField}
            type="password"
            error={codeError('password')}
            autocomplete="current-password"
            maxlength={1000}
          />
          <Actions>
            <Button>{t.tapGoOn}</Button>
          </Actions>
        </Form>
      </Card>
    ),
    line: (
      <Card title={t.line}>
        <p>{t.lineLead}</p>
        <LineLoginButton href={withNext('/login/line', next)} language={language} />
      </Card>
    ),
    tap: (
      <Card title={t.tap} id="tap">
        <p>{hasTap ? t.tapAsked : t.tapLead}</p>
        <Form action={hasTap ? '/proof/talk/answered' : '/proof/talk'}>
          {go}
          <Actions>
            <Button kind="secondary">{hasTap ? t.tapGoOn : t.tapSubmit}</Button>
          </Actions>
        </Form>
      </Card>
    ),
    passkey: (
      <PasskeyForm action="/proof/passkey" kind="get" failed={t.wrong}>
        <Card title={t.passkey}>
          <p>{t.passkeyLead}</p>
          {go}
          <Actions>
            <Button kind="secondary">{t.passkey}</Button>
          </Actions>
        </Card>
      </PasskeyForm>
    ),
    code: (
      <Card title={t.code}>
        <p>{t.codeLead}</p>
        <Form action="/proof/code">
          {go}
          <Field
            name="code"
            label={t.codeField}
            hint={t.codeHint}
            autocomplete="one-time-code"
            error={codeError('code')}
            maxlength={60}
          />
          <Actions>
            <Button kind="secondary">{t.submit}</Button>
          </Actions>
        </Form>
      </Card>
    ),
    mail: (
      <Card title={t.mail}>
        <p>{isMailed ? t.mailSent(maskedAddress(email)) : t.mailLead(maskedAddress(email))}</p>
        {isMailed ? (
          <Form action="/proof/mail/code">
            {go}
            <Field
              name="code"
              label={t.mailField}
              autocomplete="one-time-code"
              inputmode="numeric"
              error={codeError('mail')}
              maxlength={60}
            />
            <Actions>
              <Button>{t.submit}</Button>
            </Actions>
          </Form>
        ) : null}
        <Form action="/proof/mail" requestId={newId()}>
          {go}
          <Actions>
            <Button kind={isMailed ? 'quiet' : 'primary'}>{isMailed ? t.mailAgain : t.mailSubmit}</Button>
          </Actions>
        </Form>
      </Card>
    ),
  };
}
