import { seedUri } from '../../../infra/auth/one-time-code.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Actions, Button, CodeField, Form, QrCode } from '../../../infra/ui/components.tsx';
import type { StaffParts } from '../deps.ts';
import { ownText } from '../own-text.ts';
import { staffText } from '../text.ts';

/** A seed to be read by an authenticator app, and the code that shows it was. */
export function SeedForm(props: {
  c: WebContext;
  operator: StaffParts['operator'];
  seed: string;
  loginId: string;
  action: string;
  error: string | undefined;
}) {
  const { language } = props.c.var;
  const t = ownText(language).codes;
  const { code, codeHint, place } = { ...staffText(language).signIn, place: staffText(language).place };
  const issuer = `${props.operator.name[language]} ${place}`;
  return (
    <>
      <p>{t.scan}</p>
      <QrCode text={seedUri({ seed: props.seed, issuer, account: props.loginId })} label={t.qrLabel} />
      <p>{t.typed}</p>
      <p class="seed">{props.seed.match(/.{4}/g)?.join(' ')}</p>
      <Form action={props.action}>
        <CodeField name="code" label={code} hint={codeHint} error={props.error} autocomplete="one-time-code" />
        <Actions>
          <Button>{t.submit}</Button>
        </Actions>
      </Form>
    </>
  );
}
