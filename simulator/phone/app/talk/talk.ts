import { html } from 'htm/preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AccountMark } from '../avatar.ts';
import { control } from '../control.ts';
import { FollowButton } from '../follow-button.ts';
import { Icon } from '../icons.ts';
import { useLive } from '../live.ts';
import { summaryOf } from '../messages/summary.ts';
import { InputAreaContext } from '../perform.ts';
import { usePhone } from '../phone-tools.ts';
import { Composer } from './composer.ts';
import { QuickReplies } from './quick-replies.ts';
import { RichMenu } from './rich-menu.ts';
import { TalkLog } from './talk-log.ts';

/** The talk with the official account. */
export function TalkView({ onBack }: { onBack: () => void }) {
  const { person, account, words, openSheet } = usePhone();
  const { value: screen, refresh } = useLive(() => control.screen(person.userId), {
    types: ['screen'],
    userId: person.userId,
    key: person.userId,
  });
  const menu = screen?.richMenu ?? null;
  const [isMenuOpen, setMenuOpen] = useState(true);
  const [draft, setDraft] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const [quotedId, setQuotedId] = useState<string | null>(null);
  const quoted = screen?.talk.find(({ id }) => id === quotedId);
  const quoting = quoted ? { id: quoted.id, summary: summaryOf(quoted.message, words) } : null;
  const count = screen?.talk.length ?? 0;

  useEffect(() => setMenuOpen(menu?.selected ?? true), [menu?.id]);
  // Having the talk open is looking at it.
  useEffect(() => {
    if (person.unread > 0) control.look(person.userId).catch(() => {});
  }, [person.unread, person.userId, count]);
  // The loading bubble ends by itself, without a change to hear of.
  useEffect(() => {
    if (!screen?.isLoading) return;
    const timer = setInterval(refresh, 1000);
    return () => clearInterval(timer);
  }, [screen?.isLoading]);

  const inputArea = useMemo(
    () => ({
      openKeyboard: (fillInText: string) => {
        setDraft(fillInText);
        setMenuOpen(false);
        input.current?.focus();
      },
      showRichMenu: setMenuOpen,
      quote: (messageId: string) => {
        setQuotedId(messageId);
        setMenuOpen(false);
        // The sheet gives the focus back to where it was; this comes after that.
        setTimeout(() => input.current?.focus());
      },
    }),
    [],
  );
  const isOpen = person.isFriend && !person.isBlocked;

  return html`
    <${InputAreaContext.Provider} value=${inputArea}>
      <div class="talk" data-testid="talk">
        <header class="talk-header">
          <button type="button" class="icon-button" aria-label=${words('back')} onClick=${onBack}><${Icon} name="back" /></button>
          <h2>${account.displayName} <${AccountMark} label=${words('officialAccount')} /></h2>
          <button type="button" class="icon-button" aria-label=${words('talkMenu')} data-testid="talk-menu"
            onClick=${() => openSheet({ kind: 'talk-menu' })}><${Icon} name="menu" /></button>
        </header>
        ${
          !isOpen &&
          html`<div class="talk-notice"><p>${words(person.isBlocked ? 'blockedNotice' : 'addFirst')}</p><${FollowButton} /></div>`
        }
        <${TalkLog} entries=${screen?.talk ?? []} isLoading=${screen?.isLoading ?? false} />
        <${QuickReplies} items=${screen?.quickReplies ?? []} />
        <${Composer} quoting=${quoting} stopQuoting=${() => setQuotedId(null)} draft=${draft} setDraft=${setDraft} input=${input} />
        ${menu && isOpen && html`<${RichMenu} menu=${menu} isOpen=${isMenuOpen} setOpen=${setMenuOpen} />`}
      </div>
    <//>`;
}
