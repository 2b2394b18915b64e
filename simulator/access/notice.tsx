import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PersonRecord } from '../world/people.ts';
import { Page } from './page.tsx';
import { languageOf } from './visitor.ts';
import { type Words, words } from './words.ts';

/** A page that says one thing and leads back to the talk. `detail` is for developers. */
export function showNotice(
  c: Context,
  notice: {
    person: PersonRecord | null;
    title: (text: Words) => string;
    text: (text: Words) => string;
    detail?: string;
    status?: ContentfulStatusCode;
    /** What the button that closes the page says; back to the talk unless said otherwise. */
    closes?: (text: Words) => string;
  },
) {
  const language = languageOf(c, notice.person);
  const text = words[language];
  return c.html(
    <Page language={language} title={notice.title(text)}>
      <p>{notice.text(text)}</p>
      {notice.detail ? <p class="soft">{notice.detail}</p> : null}
      <a class="button main" href="/__line/close">
        {(notice.closes ?? ((t) => t.backToTalk))(text)}
      </a>
    </Page>,
    notice.status ?? 200,
  );
}

/** 400 with the reason in words a developer understands. */
export function showBadRequest(c: Context, person: PersonRecord | null, detail: string) {
  return showNotice(c, {
    person,
    title: (text) => text.badRequestTitle,
    text: (text) => text.badRequestText,
    detail,
    status: 400,
  });
}
