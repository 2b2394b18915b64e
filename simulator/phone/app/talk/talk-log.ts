import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TalkEntry } from '../../../contract.ts';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';
import { dayName } from '../time.ts';
import { Entry } from './entry.ts';

/** What was said, oldest first; stays at the newest unless one has scrolled back by most of a screen to read. */
export function TalkLog(props: { entries: TalkEntry[]; isLoading: boolean; title?: string }) {
  const { entries, isLoading } = props;
  const { person, account, words } = usePhone();
  const title = props.title ?? account.displayName;
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });
  const last = entries.at(-1);
  const quotedBy = ({ quotedMessageId }: TalkEntry) =>
    quotedMessageId === undefined ? undefined : entries.find(({ id }) => id === quotedMessageId);

  useLayoutEffect(() => {
    if (isAtEnd || last?.from === 'person') toEnd();
  }, [last?.id, isLoading]);
  // Pictures that load late, the menu opening, a phone turned: all change the height.
  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const follow = new ResizeObserver(() => {
      if (isAtEnd) toEnd();
    });
    follow.observe(element);
    for (const child of element.children) follow.observe(child);
    return () => follow.disconnect();
  }, [isAtEnd, entries.length]);
  const onScroll = () => {
    const element = log.current;
    if (element)
      setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < element.clientHeight * 0.75);
  };

  return html`
    <div class="talk-log" ref=${log} onScroll=${onScroll} role="log" aria-live="polite" tabindex="0"
      aria-label=${`${title}${words('talkWith')}`}>
      ${entries.map((entry, index) => {
        const before = entries[index - 1];
        const day = dayName(entry.at, person.language);
        const isNewDay = !before || dayName(before.at, person.language) !== day;
        return html`
          ${isNewDay && html`<p class="day" key=${`day-${entry.id}`}><span>${day}</span></p>`}
          <${Entry} key=${entry.id} entry=${entry} quoted=${quotedBy(entry)} isFollowUp=${!isNewDay && before?.from === entry.from && before.by === entry.by} />`;
      })}
      ${isLoading && html`<${LoadingBubble} label=${`${account.displayName} ${words('isTyping')}`} />`}
      ${
        !isAtEnd &&
        html`<button type="button" class="to-end icon-button" aria-label=${words('newMessages')} onClick=${toEnd}><${Icon} name="down" /></button>`
      }
    </div>`;
}

const LoadingBubble = ({ label }: { label: string }) => html`
  <div class="entry from-account is-follow-up"><div class="entry-body">
    <div class="bubble loading-bubble" role="img" aria-label=${label}><i></i><i></i><i></i></div>
  </div></div>`;
