import type { MiddlewareHandler } from 'hono';
import type { Child } from 'hono/jsx';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { Button, Form, Frame, Notice } from '../../infra/ui/components.tsx';
import { withRemark } from '../../infra/ui/format.ts';
import type { ConsoleAlarm, ConsoleEntry } from './deps.ts';
import type { StaffMember } from './store.ts';
import { staffText } from './text.ts';

/** What the console's layout needs of the staff feature; `Staff` has it. */
export interface ConsoleFrame {
  readonly operator: Operator;
  readonly entries: readonly ConsoleEntry[];
  /** What everybody must know at the moment. */
  alarmsOn(): Promise<readonly ConsoleAlarm[]>;
  /** Behind `requireStaff`: who is signed in. */
  signedIn(c: WebContext): StaffMember;
}

export interface ConsolePageProps {
  c: WebContext;
  staff: ConsoleFrame;
  title: string;
  /** Key of the navigation's entry this page belongs to. */
  at: string;
  back?: { href: string; label: string };
  hasErrors?: boolean;
  children?: Child;
}

/** A page of the console: who is signed in, the navigation of their role, one `<main>`. */
export function ConsolePage({ c, staff, title, at, back, hasErrors, children }: ConsolePageProps) {
  const { language } = c.var;
  const t = staffText(language);
  const member = staff.signedIn(c);
  const entries = staff.entries.filter((entry) => entry.roles.includes(member.role));
  return (
    <Frame
      c={c}
      operator={staff.operator}
      title={title}
      kind="console"
      place={t.place}
      {...(back ? { back } : {})}
      hasErrors={hasErrors ?? false}
      corner={
        <div class="who">
          <span>{withRemark(member.name, t.roles[member.role], language)}</span>
          <Form action="/console/sign-out">
            <Button kind="quiet">{t.signOut}</Button>
          </Form>
        </div>
      }
      navigation={
        <nav class="nav" aria-label={t.menu}>
          {/* On a phone the places are behind this button; a browser that knows no popover shows them all. */}
          <button type="button" class="places-button" popovertarget="places">
            {t.places}
          </button>
          <div id="places" popover="auto">
            {/* Where the button was that opened them. */}
            <button type="button" class="places-button" popovertarget="places" popovertargetaction="hide">
              {t.closePlaces}
            </button>
            <ul>
              {entries.map((entry) => (
                <li>
                  <a href={entry.href} aria-current={entry.key === at ? 'page' : undefined}>
                    {entry.label(language)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </nav>
      }
    >
      <Alarms staff={staff} language={language} />
      {children}
    </Frame>
  );
}

/** Signed-in staff stay in the console when something is not there. */
export const errorsInConsole =
  (staff: ConsoleFrame): MiddlewareHandler<WebEnv> =>
  (c, next) => {
    c.set('errorFrame', (props) => <ConsolePage c={c} staff={staff} at="" {...props} />);
    return next();
  };

async function Alarms({ staff, language }: { staff: ConsoleFrame; language: Language }) {
  const alarms = await staff.alarmsOn();
  return (
    <>
      {alarms.map((alarm) => (
        <Notice kind="danger">
          <p>
            <a href={alarm.href}>{alarm.says(language)}</a>
          </p>
        </Notice>
      ))}
    </>
  );
}
