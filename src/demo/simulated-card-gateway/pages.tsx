import type { Language } from '../../base/language.ts';
import { CompanyPage } from '../simulated-company/page.tsx';
import { type CardFault, TEST_CARDS } from './cards.ts';
import type { CardVisit } from './entries.ts';
import { faults, text } from './text.ts';

/** The form for a card. A number for tests stands in it already; what was typed is never shown again. */
export function CardForm({ visited, fault }: { visited: CardVisit; fault?: CardFault }) {
  const { language } = visited.visit;
  const field = (name: CardFault, value: string, autocomplete: string) => (
    <div class="field">
      <label for={name}>{text[name][language]()}</label>
      {fault === name ? (
        <p class="wrong" id={`${name}-wrong`}>
          {faults[name][language]}
        </p>
      ) : null}
      <input
        type="text"
        id={name}
        name={name}
        value={value}
        inputmode="numeric"
        autocomplete={autocomplete}
        aria-invalid={fault === name ? 'true' : undefined}
        aria-describedby={fault === name ? `${name}-wrong` : undefined}
      />
    </div>
  );
  return (
    <CompanyPage company="cards" name={text.company[language]()} title={text.title[language]()} language={language}>
      <p>{text.lead[language]()}</p>
      <form method="post">
        {field('number', TEST_CARDS.visa, 'cc-number')}
        <div class="pair">
          {field('expiry', '12/30', 'cc-exp')}
          {field('code', '123', 'cc-csc')}
        </div>
        <button type="submit">{text.register[language]()}</button>
      </form>
      <form method="post">
        <button type="submit" class="quiet" name="act" value="gave-up">
          {text.stop[language]()}
        </button>
        <button type="submit" class="quiet" name="act" value="back">
          {text.unfinished[language]()}
        </button>
      </form>
      <TestCards language={language} />
    </CompanyPage>
  );
}

function TestCards({ language }: { language: Language }) {
  const names = { visa: 'VISA', mastercard: 'Mastercard', jcb: 'JCB', declined: text.declined[language]() };
  return (
    <section class="box">
      <h2>{text.tests[language]()}</h2>
      <dl>
        {Object.entries(TEST_CARDS).map(([kind, number]) => (
          <div>
            <dt>{names[kind as keyof typeof TEST_CARDS]}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The issuer's page: 3-D Secure's challenge. */
export function SecurePage({ visited }: { visited: CardVisit }) {
  const { language } = visited.visit;
  return (
    <CompanyPage company="bank" name={text.bank[language]()} title={text.secure[language]()} language={language}>
      <p>{text.secureLead[language]()}</p>
      <p class="box">
        {visited.typed?.brand} •••• {visited.typed?.lastFour}
      </p>
      <form method="post">
        <button type="submit" name="answer" value="yes">
          {text.yes[language]()}
        </button>
        <button type="submit" class="quiet" name="answer" value="no">
          {text.no[language]()}
        </button>
        <button type="submit" class="quiet" name="answer" value="wait">
          {text.wait[language]()}
        </button>
        <button type="submit" class="quiet" name="answer" value="back">
          {text.unfinished[language]()}
        </button>
      </form>
    </CompanyPage>
  );
}

/** Somebody came back to a page that has done its work. */
export function OverPage({ visited }: { visited: CardVisit }) {
  const { language } = visited.visit;
  return (
    <CompanyPage company="cards" name={text.company[language]()} title={text.title[language]()} language={language}>
      <p>{text.over[language]()}</p>
      <form method="post">
        <button type="submit" name="act" value="back">
          {text.back[language]()}
        </button>
      </form>
    </CompanyPage>
  );
}

export function GonePage() {
  return (
    <CompanyPage company="cards" name={text.company.ja()} title={text.gone.ja()} language="ja">
      <p lang="en">{text.gone.en()}</p>
    </CompanyPage>
  );
}
