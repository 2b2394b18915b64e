import type { Child } from 'hono/jsx';
import type { Language } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { addFriendUrl } from '../share.ts';
import { uiText } from '../text.ts';
import { LinkButton } from './button.tsx';
import { Card } from './card.tsx';
import { QrCode } from './qr-code.tsx';

/** The official account in the three ways it is added: by QR code, by its LINE ID, by a link. */
export function AddFriend(props: { operator: Operator; language: Language; title: string; children?: Child }) {
  const t = uiText(props.language);
  const { basicId, displayName } = props.operator.officialAccount;
  return (
    <Card title={props.title}>
      {props.children}
      <div class="code-line">
        <QrCode text={addFriendUrl(basicId)} label={t.addFriendQr} />
        <p>
          <strong>{displayName}</strong>
          <br />
          <span class="muted">{t.lineId}: </span>
          <span class="figure">{basicId}</span>
        </p>
      </div>
      <LinkButton kind="secondary" href={addFriendUrl(basicId)}>
        {t.addFriend}
      </LinkButton>
    </Card>
  );
}
