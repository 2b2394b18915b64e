import { catalogue } from '../../base/language.ts';

const ja = {
  codeSubject: (operator: string, code: string) => `【${operator}】確認コード ${code}`,
  code: (operator: string, code: string, minutes: number) =>
    [
      `${operator}の新規申し込みの確認コードです。`,
      `確認コード: ${code}`,
      `${minutes}分以内に、申し込みのページで入力してください。`,
      'お心当たりがないときは、このメールを消してください。コードはだれにも伝えないでください。',
    ].join('\n\n'),
  linkSubject: (operator: string) => `【${operator}】お申し込みの続き`,
  link: (operator: string, url: string, hours: number) =>
    [
      `${operator}のお申し込みの続きは、次のリンクから入力できます。`,
      url,
      `リンクは${hours}時間以内に、1回だけ使えます。だれにも転送しないでください。`,
      'お心当たりがないときは、このメールを消してください。',
    ].join('\n\n'),
};

const en: typeof ja = {
  codeSubject: (operator, code) => `${operator}: your code is ${code}`,
  code: (operator, code, minutes) =>
    [
      `This is the code for your application to ${operator}.`,
      `Code: ${code}`,
      `Enter it on the page of the application within ${minutes} minutes.`,
      'If you did not apply, please delete this mail. Tell the code to nobody.',
    ].join('\n\n'),
  linkSubject: (operator) => `${operator}: go on with your application`,
  link: (operator, url, hours) =>
    [
      `Go on with your application to ${operator} here:`,
      url,
      `The link works once, within ${hours} hours. Do not pass it on to anybody.`,
      'If you did not apply, please delete this mail.',
    ].join('\n\n'),
};

/** What is mailed to somebody who applies. */
export const mailText = catalogue(ja, en);
