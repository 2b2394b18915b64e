import { sentences } from '../../../base/language.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Notice } from '../../../infra/ui/components.tsx';
import { uiText } from '../../../infra/ui/text.ts';
import type { Room } from '../room.ts';
import { ordersText } from '../text.ts';

/** Instead of the offer to add a subscription, where a contractor has as many as there can be: why, and what to do. */
export function NoRoom({ c, room }: { c: WebContext; room: Room }) {
  const t = ordersText(c.var.language).noRoom;
  return (
    <Notice kind="info" title={t.title(room.most)}>
      <p>{sentences([t.remedy, room.ordered > 0 ? t.ordered(room.ordered) : ''], c.var.language)}</p>
      <p>
        <a class="tap" href="/leave">
          {uiText(c.var.language).nav.leave}
        </a>
      </p>
    </Notice>
  );
}
