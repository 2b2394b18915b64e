import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Language } from '../../base/language.ts';

const require = createRequire(import.meta.url);
const font = (file: string) => require.resolve(`@expo-google-fonts/biz-udpgothic/${file}`);
const REGULAR = font('400Regular/BIZUDPGothic_400Regular.ttf');
const BOLD = font('700Bold/BIZUDPGothic_700Bold.ttf');

const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const RIGHT = MARGIN + WIDTH;
const BOTTOM = 841.89 - MARGIN;
const [INK, SOFT, LINE] = ['#111111', '#555555', '#cccccc'];

/** A4 paper that is written on from top to bottom. */
export interface Paper {
  /** Who sends it, at the right; whom it is for, at the left; and what it is. */
  head(head: { from: string; phone: string; to: string; title: string }): void;
  heading(text: string): void;
  /** A name and a value on one line of its own, with a rule below; a long value takes several. */
  row(name: string, value: string, look?: { isBold?: boolean; size?: number }): void;
  paragraph(text: string): void;
  note(text: string): void;
  /** The file; nothing is written on it afterwards. */
  finish(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Empty paper, with the letters it needs inside, so that it looks the same on every machine. */
export function openPaper(about: { title: string; author: string; language: Language; madeAtMs: number }): Paper {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: about.language,
    info: { Title: about.title, Author: about.author, CreationDate: new Date(about.madeAtMs) },
  });
  pdf.registerFont('regular', REGULAR).registerFont('bold', BOLD);
  const whole = collect(pdf);
  const pen = (weight: 'regular' | 'bold', size: number, color = INK) =>
    pdf.font(weight).fontSize(size).fillColor(color);

  return {
    head({ from, phone, to, title }) {
      pen('bold', 11).text(from, MARGIN, MARGIN, { width: WIDTH, align: 'right' });
      pen('regular', 9, SOFT).text(phone, { width: WIDTH, align: 'right' });
      pen('bold', 14).text(to, MARGIN, MARGIN + 20);
      pdf.moveDown(1.5).fontSize(18).text(title);
      pdf.moveDown(0.5);
    },
    heading(text) {
      // A heading stays with its first lines.
      if (pdf.y > BOTTOM - 90) pdf.addPage();
      pdf.moveDown(1);
      pen('bold', 11).text(text, MARGIN);
      pdf.moveDown(0.3);
    },
    row(name, value, look = {}) {
      const weight = look.isBold ? 'bold' : 'regular';
      pen(weight, look.size ?? 10);
      const nameWidth = Math.min(pdf.widthOfString(name) + 12, WIDTH * 0.7);
      const valueWidth = WIDTH - nameWidth;
      const height = Math.max(
        pdf.heightOfString(name, { width: nameWidth }),
        pdf.heightOfString(value, { width: valueWidth }),
      );
      if (pdf.y + height > BOTTOM - 8) pdf.addPage();
      const { y } = pdf;
      pdf.text(value, MARGIN + nameWidth, y, { width: valueWidth, align: 'right' });
      pdf.text(name, MARGIN, y, { width: nameWidth });
      const below = y + height + 3;
      pdf.moveTo(MARGIN, below).lineTo(RIGHT, below).lineWidth(0.5).strokeColor(LINE).stroke();
      pdf.y = below + 5;
    },
    paragraph(text) {
      pen('regular', 10).text(text, MARGIN, pdf.y, { width: WIDTH, lineGap: 3 });
      pdf.moveDown(0.4);
    },
    note(text) {
      pdf.moveDown(0.5);
      pen('regular', 9, SOFT).text(text, MARGIN);
    },
    finish() {
      pdf.end();
      return whole;
    },
  };
}

function collect(pdf: InstanceType<typeof PDFDocument>): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('error', reject);
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
  });
}
