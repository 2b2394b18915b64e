import { formatBytes } from '../../base/bytes.ts';
import { type Language, listed, span } from '../../base/language.ts';
import { formatMsisdn } from '../../base/msisdn.ts';
import type { Operator } from '../../base/operator.ts';
import { openPaper } from '../../infra/paper/paper.ts';
import { formatAddress, formatDay, formatVersion, formatYen } from '../../infra/ui/format.ts';
import type { ContractDocument } from './contract-document.ts';
import { contractText } from './contract-text.ts';

/** The contract document on A4: who, what, what it costs, and how it is cancelled in its first days. */
export function contractPdf(printed: {
  document: ContractDocument;
  operator: Operator;
  language: Language;
  /** As people read it. */
  orderNumber: string;
  madeAtMs: number;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { document, operator, language, orderNumber, madeAtMs } = printed;
  const { contractor, user, plan, options, card } = document;
  const t = contractText(language);
  const yen = (amount: number) => formatYen(amount, language);
  const day = (iso: string) => formatDay(iso, language);
  const { phone, hours } = operator.support;
  const author = operator.name[language];
  const paper = openPaper({ title: t.title, author, language, madeAtMs });
  paper.head({ from: author, phone, to: t.to(contractor.name), title: t.title });
  paper.row(t.number, orderNumber);
  paper.row(t.delivered, day(document.deliveredOn));

  paper.heading(t.contractor);
  paper.row(t.name, contractor.name);
  if (contractor.kana) paper.row(t.reading, contractor.kana);
  if (contractor.birthDate) paper.row(t.birthDate, day(contractor.birthDate));
  if (contractor.home) {
    paper.row(t.address, formatAddress(contractor.home));
    paper.row(t.phone, contractor.home.phone);
  }
  paper.row(t.mail, contractor.mail);

  paper.heading(t.service);
  paper.row(t.msisdn, formatMsisdn(document.msisdn));
  paper.row(t.plan, plan.name[language]);
  paper.row(t.data, formatBytes(document.megabytes * operator.megabyte, operator.megabyte));
  paper.row(
    t.options,
    listed(
      options.map(({ name }) => name[language]),
      language,
    ) || t.none,
  );
  paper.row(t.sim, t.simKinds[document.simKind]);
  paper.row(t.user, user ? user.name : t.self);
  if (user) paper.row(t.filtering, user.hasFiltering ? t.on : t.off);

  paper.heading(t.charges);
  for (const { name, monthlyFeeYen } of [plan, ...options]) paper.row(t.monthly(name[language]), yen(monthlyFeeYen));
  paper.row(t.universal, yen(document.universalServiceFeeYen));
  const fees = [plan, ...options].map(({ monthlyFeeYen }) => monthlyFeeYen);
  paper.row(t.total, yen(fees.reduce((sum, fee) => sum + fee, document.universalServiceFeeYen)), { isBold: true });
  paper.row(t.registration, yen(document.registrationFeeYen));
  paper.row(t.payment, card ? t.card(card.brand, card.lastFour) : t.asBefore);
  paper.note(t.taxed);

  paper.heading(t.withdrawal);
  paper.row(t.lastDay, day(document.withdrawalLastDay), { isBold: true });
  paper.paragraph(t.mayWithdraw(document.withdrawalDays, day(document.withdrawalLastDay)));
  paper.paragraph(t.paysThen(yen(document.registrationFeeYen)));
  paper.paragraph(t.howTo(phone, span(hours, language)));
  paper.paragraph(t.told(author));

  paper.heading(t.agreed);
  for (const { title, version } of document.agreed)
    paper.row(title[language], t.version(formatVersion(version, language)));
  return paper.finish();
}
