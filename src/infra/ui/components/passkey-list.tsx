import type { Passkey } from '../../auth/passkeys.ts';
import type { WebContext } from '../../http/web-env.ts';
import { deviceName } from '../device-name.ts';
import { formatMoment } from '../format.ts';
import { Actions, Button } from './button.tsx';
import { Card, SummaryList } from './card.tsx';
import { Form } from './form.tsx';

/** Somebody's passkeys, each with when it was made and used, and a button that posts its `credentialId` to `removeAction`. */
export function PasskeyList(props: {
  c: WebContext;
  passkeys: readonly Passkey[];
  removeAction: string;
  timeZone: string;
  words: { readonly added: string; readonly used: string; readonly never: string; readonly remove: string };
}) {
  const { words: t } = props;
  const { language } = props.c.var;
  return (
    <div class="cards">
      {props.passkeys.map(({ credentialId, userAgent, createdAt, lastUsedAt }) => (
        <Card title={deviceName(userAgent, language)}>
          <SummaryList
            rows={[
              { term: t.added, value: formatMoment(createdAt, props.timeZone, language) },
              { term: t.used, value: lastUsedAt ? formatMoment(lastUsedAt, props.timeZone, language) : t.never },
            ]}
          />
          <Form action={props.removeAction}>
            <Actions>
              <Button kind="secondary" name="credentialId" value={credentialId}>
                {t.remove}
              </Button>
            </Actions>
          </Form>
        </Card>
      ))}
    </div>
  );
}
