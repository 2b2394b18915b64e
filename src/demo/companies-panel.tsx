import { Hono } from 'hono';
import { formatMsisdn } from '../base/msisdn.ts';
import type { CompanyName } from './companies.tsx';
import { type Manner, MOODS, type Mood } from './simulated-company/door.ts';
import { answerPage, CompanyPage } from './simulated-company/page.tsx';
import { FATES, type Fate } from './simulated-network/activations.ts';
import type { SimulatedNetwork } from './simulated-network/app.tsx';

/** How the companies behave, and what the network is doing: the hand of whoever tries what fails. */
export function companiesPanel(deps: { network: SimulatedNetwork; manner(company: CompanyName): Manner }): Hono {
  const { network, manner } = deps;
  return new Hono().get('/', (c) => {
    const language = c.req.query('lang') === 'en' ? 'en' : 'ja';
    const t = words[language];
    // Wider than a phone: it scrolls by finger and by key.
    const scrolls = { tabindex: 0, role: 'region', 'aria-label': t.activations };
    const choose = (name: string, label: string, options: readonly (readonly [string, string])[], value: string) => (
      <div class="field">
        <label for={name}>{label}</label>
        <select id={name} name={name.split('-')[0]}>
          {options.map(([key, text]) => (
            <option value={key} selected={key === value}>
              {text}
            </option>
          ))}
        </select>
      </div>
    );
    const moods = MOODS.map((mood) => [mood, t.moods[mood]] as const);
    const company = (name: CompanyName, more?: unknown) => (
      <form method="post" action={`/control/${name}`} class="box">
        <h2>{t[name]}</h2>
        {choose(`mood-${name}`, t.mood, moods, manner(name).mood)}
        {more}
        <button type="submit">{t.set}</button>
      </form>
    );
    return answerPage(
      c,
      <CompanyPage company="panel" name={t.name} title={t.title} language={language}>
        <p>{t.lead}</p>
        {company('identity')}
        {company('cards')}
        {company(
          'network',
          <>
            {choose(
              'fate-next',
              t.fate,
              FATES.map((fate) => [fate, t.fates[fate]] as const),
              network.settings.fate,
            )}
            <div class="field">
              <label for="minutes">{t.minutes}</label>
              <input
                type="text"
                inputmode="numeric"
                id="minutes"
                name="minutes"
                value={String(network.settings.minutes)}
              />
            </div>
          </>,
        )}
        <h2>{t.activations}</h2>
        <div class="wide" {...scrolls}>
          <table>
            <thead>
              <tr>
                {t.columns.map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {network.activations().map(({ held, now, end }) => (
                <tr>
                  <td>{held.msisdn ? formatMsisdn(held.msisdn) : '–'}</td>
                  <td>{held.order.simKind}</td>
                  <td>{held.attempt}</td>
                  <td>
                    {end ? t.ends[end.state] : now.state === 'failed' ? t.fates[now.failure] : t.states[now.state]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p>
          <a href={language === 'ja' ? '/?lang=en' : '/'}>{t.other}</a>
        </p>
      </CompanyPage>,
    );
  });
}

interface PanelWords {
  name: string;
  title: string;
  lead: string;
  identity: string;
  cards: string;
  network: string;
  mood: string;
  moods: Record<Mood, string>;
  fate: string;
  fates: Record<Fate, string>;
  states: Record<'acknowledged' | 'in-progress' | 'completed' | 'cancelled', string>;
  ends: Record<'acknowledged' | 'in-progress' | 'completed' | 'failed', string>;
  minutes: string;
  set: string;
  activations: string;
  columns: readonly string[];
  other: string;
}

const words: Record<'ja' | 'en', PanelWords> = {
  ja: {
    name: '社外の会社',
    title: '社外の会社のふるまい',
    lead: '本人確認・カード決済・ネットワークの会社が、どう答えるかをえらびます。結果は、それぞれの会社のページでえらべます。',
    identity: '本人確認',
    cards: 'カード決済',
    network: 'ネットワーク',
    mood: 'プログラムへの答えかた',
    moods: {
      answers: '答える',
      silent: '返事をしない',
      stumbles: 'エラーを返す',
      forged: '署名がちがう',
      'lost-answer': '次の答えが途中で消える',
    },
    fate: '次の開通',
    fates: {
      works: '開通する',
      'port-refused': '転入が断られる',
      'number-in-use': '番号が使用中',
      'no-number-left': '番号が足りない',
      'network-fault': '設備の故障で失敗する',
      stuck: '手続き中のまま止まる',
    },
    states: { acknowledged: '受付', 'in-progress': '手続き中', completed: '開通', cancelled: '取消' },
    ends: { acknowledged: '停止の受付', 'in-progress': '停止の手続き中', completed: '停止', failed: '停止に失敗' },
    minutes: 'かかる時間（分・デモの時計で）',
    set: '決める',
    activations: '開通の手続き',
    columns: ['電話番号', 'SIM', '回数', '状態'],
    other: 'English',
  },
  en: {
    name: 'Companies outside',
    title: 'How the companies behave',
    lead: 'Choose how the companies for identity, cards and the network answer. Results are chosen on their own pages.',
    identity: 'Identity',
    cards: 'Cards',
    network: 'Network',
    mood: 'How it answers programs',
    moods: {
      answers: 'answers',
      silent: 'says nothing',
      stumbles: 'answers with an error',
      forged: 'signs wrongly',
      'lost-answer': 'loses the next answer',
    },
    fate: 'The next activation',
    fates: {
      works: 'works',
      'port-refused': 'porting is refused',
      'number-in-use': 'the number is in use',
      'no-number-left': 'no number is left',
      'network-fault': 'fails by a fault of the network',
      stuck: 'stays under way',
    },
    states: { acknowledged: 'acknowledged', 'in-progress': 'under way', completed: 'works', cancelled: 'cancelled' },
    ends: {
      acknowledged: 'end acknowledged',
      'in-progress': 'being ended',
      completed: 'ended',
      failed: 'end failed',
    },
    minutes: 'Minutes it takes, by the clock of the demo',
    set: 'Set',
    activations: 'Activations',
    columns: ['Number', 'SIM', 'Try', 'State'],
    other: '日本語',
  },
};
