import type { Language } from '../../base/language.ts';
import { CompanyPage } from '../simulated-company/page.tsx';
import { type CardFault, TEST_CARDS } from './cards.ts';
import type { CardVisit } from './entries.ts';
import { gatewayText } from './text.ts';

/** The form for a card. A number for tests stands in it already; what was typed is never shown again. */
export function CardForm({ visited, fault }: { visited: CardVisit; fault?: CardFault }) {
  const { language } = visited.visit;
  const t = gatewayText(language);
  const field = (name: CardFault, value: string, autocomplete: string) => (
    <div class="field">
      <label for={name}>{t[name]}</label>
      {fault === name ? (
        <p class="wrong" id={`${name}-wrong`}>
          {t.faults[name]}
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
    <CompanyPage company="cards" name={t.company} title={t.title} language={language}>
      <p>{t.lead}</p>
      <form method="post">
        {field('number', TEST_CARDS.visa, 'cc-number')}
        <div class="pair">
          {field('expiry', '12/30', 'cc-exp')}
          {field('code', '123', 'cc-csc')}
        </div>
        <button type="submit">{t.register}</button>
      </form>
      <form method="post">
        <button type="submit" class="quiet" name="act" value="gave-up">
          {t.stop}
        </button>
        <button type="submit" class="quiet" name="act" value="back">
          {t.unfinished}
        </button>
      </form>
      <TestCards language={language} />
    </CompanyPage>
  );
}

function TestCards({ language }: { language: Language }) {
  const t = gatewayText(language);
  const names = { visa: 'VISA', mastercard: 'Mastercard', jcb: 'JCB', declined: t.declined };
  return (
    <section class="box">
      <h2>{t.tests}</h2>
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
  const t = gatewayText(language);
  return (
    <CompanyPage company="bank" name={t.bank} title={t.secure} language={language}>
      <p>{t.secureLead}</p>
      <p class="box">
        {visited.typed?.brand} •••• {visited.typed?.lastFour}
      </p>
      <form method="post">
        <button type="submit" name="answer" value="yes">
          {t.yes}
        </button>
        <button type="submit" class="quiet" name="answer" value="no">
          {t.no}
        </button>
        <button type="submit" class="quiet" name="answer" value="wait">
          {t.wait}
        </button>
        <button type="submit" class="quiet" name="answer" value="back">
          {t.unfinished}
        </button>
      </form>
    </CompanyPage>
  );
}

/** Somebody came back to a page that has done its work. */
export function OverPage({ visited }: { visited: CardVisit }) {
  const { language } = visited.visit;
  const t = gatewayText(language);
  return (
    <CompanyPage company="cards" name={t.company} title={t.title} language={language}>
      <p>{t.over}</p>
      <form method="post">
        <button type="submit" name="act" value="back">
          {t.back}
        </button>
      </form>
    </CompanyPage>
  );
}

export function GonePage() {
  return (
    <CompanyPage company="cards" name={gatewayText('ja').company} title={gatewayText('ja').gone} language="ja">
      <p lang="en">{gatewayText('en').gone}</p>
    </CompanyPage>
  );
}
