import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { formatDay, formatMonth, formatYen } from '../../infra/ui/format.ts';
import type { Bill } from './bill-store.ts';
import type { BillGroup } from './bill-view.ts';
import { billsText as t } from './pages/bills-text.ts';

const require = createRequire(import.meta.url);
const font = (file: string) => require.resolve(`@expo-google-fonts/biz-udpgothic/${file}`);
const REGULAR = font('400Regular/BIZUDPGothic_400Regular.ttf');
const BOLD = font('700Bold/BIZUDPGothic_700Bold.ttf');

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const RIGHT = MARGIN + WIDTH;
const BOTTOM = 841.89 - MARGIN;
const [INK, SOFT, LINE] = ['#111111', '#555555', '#cccccc'];

/** What stands on the paper. */
export interface PrintedBill {
  readonly bill: Bill;
  readonly operator: Operator;
  readonly language: Language;
  readonly contractorName: string;
  /** `YYYY-MM-DD` */
  readonly closedOn: string;
  readonly groups: readonly BillGroup[];
  readonly hasUntaxed: boolean;
}

/** A bill on A4, with the letters it needs inside, so that it looks the same on every machine. */
export function billPdf(printed: PrintedBill): Promise<Uint8Array<ArrayBuffer>> {
  const { bill, operator, language } = printed;
  const title = t.billOf[language](formatMonth(bill.month, language));
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: language,
    info: { Title: title, Author: operator.name[language], CreationDate: new Date(bill.closedAt.epochMilliseconds) },
  });
  pdf.registerFont('regular', REGULAR).registerFont('bold', BOLD);
  const whole = collect(pdf);
  drawHead(pdf, title, printed);
  for (const group of printed.groups) drawGroup(pdf, group, language);
  if (printed.hasUntaxed) drawNote(pdf, t.notTaxed[language]());
  pdf.end();
  return whole;
}

type Pdf = InstanceType<typeof PDFDocument>;

function collect(pdf: Pdf): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('error', reject);
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
  });
}

function drawHead(pdf: Pdf, title: string, { bill, operator, language, contractorName, closedOn }: PrintedBill): void {
  const { phone } = operator.support;
  pdf
    .font('bold')
    .fontSize(11)
    .fillColor(INK)
    .text(operator.name[language], MARGIN, MARGIN, { width: WIDTH, align: 'right' });
  pdf.font('regular').fontSize(9).fillColor(SOFT).text(phone, { width: WIDTH, align: 'right' });
  pdf
    .font('bold')
    .fontSize(14)
    .fillColor(INK)
    .text(t.honorific[language](contractorName), MARGIN, MARGIN + 20);
  pdf.moveDown(1.5).fontSize(18).text(title);
  pdf.moveDown(0.5);
  const total = bill.totalYen < 0 ? t.paidBack : t.total;
  drawRow(pdf, total[language](), formatYen(Math.abs(bill.totalYen), language), { isBold: true, size: 14 });
  drawRow(pdf, t.taxed[language](), formatYen(bill.taxedYen, language));
  drawRow(pdf, t.tax[language](String(bill.taxPercent)), formatYen(bill.taxYen, language));
  drawRow(pdf, t.closed[language](), formatDay(closedOn, language));
}

function drawGroup(pdf: Pdf, group: BillGroup, language: Language): void {
  // A heading stays with its first lines.
  if (pdf.y > BOTTOM - 90) pdf.addPage();
  pdf.moveDown(1).font('bold').fontSize(11).fillColor(INK).text(group.title, MARGIN);
  pdf.moveDown(0.3);
  for (const line of group.lines) drawRow(pdf, line.name, formatYen(line.amountYen, language));
  drawRow(pdf, t.subtotal[language](), formatYen(group.subtotalYen, language), { isBold: true });
}

/** A name and an amount on one line of its own, with a rule below. */
function drawRow(pdf: Pdf, name: string, amount: string, look: { isBold?: boolean; size?: number } = {}): void {
  if (pdf.y > BOTTOM - 24) pdf.addPage();
  const { y } = pdf;
  pdf
    .font(look.isBold ? 'bold' : 'regular')
    .fontSize(look.size ?? 10)
    .fillColor(INK);
  pdf.text(amount, MARGIN, y, { width: WIDTH, align: 'right' });
  pdf.text(name, MARGIN, y, { width: WIDTH - 110 });
  const below = pdf.y + 3;
  pdf.moveTo(MARGIN, below).lineTo(RIGHT, below).lineWidth(0.5).strokeColor(LINE).stroke();
  pdf.y = below + 5;
}

function drawNote(pdf: Pdf, words: string): void {
  pdf.moveDown(0.5).font('regular').fontSize(9).fillColor(SOFT).text(words, MARGIN);
}
