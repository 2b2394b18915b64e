import type { Language } from '../../../base/language.ts';
import { Card, Notice, SummaryList } from '../../../infra/ui/components.tsx';
import { maskLinkCode } from '../rules/link-code.ts';
import { pageText } from './text.ts';

/** Which LINE account will be linked: the person must be able to see that it is not somebody else's. */
export function AccountCard(props: { name: string | null; language: Language }) {
  const t = pageText(props.language);
  return (
    <Card>
      <SummaryList rows={[{ term: t.account, value: props.name === null ? t.unnamed : t.accountIs(props.name) }]} />
      <p class="muted">{t.notYourAccount}</p>
    </Card>
  );
}

/** Told before the link is made. */
export function UndoNotice({ language }: { language: Language }) {
  const t = pageText(language);
  return (
    <Notice kind="info" title={t.undoTitle}>
      <p>{t.canUndo}</p>
    </Notice>
  );
}

/** 連携済み利用コード, last four digits only. */
export function LinkedCodes(props: { links: readonly { lastFour: string }[]; language: Language }) {
  const t = pageText(props.language);
  return (
    <SummaryList
      rows={props.links.map((link) => ({
        term: t.linkedCode,
        value: <span class="figure">{maskLinkCode(link.lastFour)}</span>,
      }))}
    />
  );
}
