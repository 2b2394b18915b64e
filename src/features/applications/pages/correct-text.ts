import { catalogue } from '../../../base/language.ts';

const ja = {
  title: 'お申し込み内容の確認',
  back: 'お申し込みの状況',
  question: '担当者からの質問',
  lead: 'いまの内容が入っています。違うところだけ直して、送ってください。',
  user: '使う方',
  outside: {
    identity: {
      title: '本人確認',
      lead: 'マイナンバーカードなどで、本人確認をもう一度お願いします。入力した内容は保存されます。',
      go: '本人確認に進む',
      missing: '本人確認をしてください。',
    },
    payment: {
      title: 'クレジットカード',
      lead: 'カードの登録をもう一度お願いします。入力した内容は保存されます。',
      go: 'カードの登録に進む',
      missing: 'カードを登録してください。',
    },
    done: '済みました',
  },
  words: '担当者に伝えること（なくてもかまいません）',
  wordsHint: '2,000文字まで。暗証番号や、カードの番号は書かないでください。',
  nothing: '内容を直すか、このままでよい理由を書いてください。',
  send: 'この内容で送る',
};

const en: typeof ja = {
  title: 'Check your application',
  back: 'Your application',
  question: 'Our question',
  lead: 'The fields show what we have now. Correct what is wrong and send it.',
  user: 'User',
  outside: {
    identity: {
      title: 'Identity check',
      lead: 'Please verify your identity once more. What you typed is kept.',
      go: 'Verify identity',
      missing: 'Verify your identity.',
    },
    payment: {
      title: 'Credit card',
      lead: 'Please register a card once more. What you typed is kept.',
      go: 'Register a card',
      missing: 'Register a card.',
    },
    done: 'Done',
  },
  words: 'Anything to tell us (may be empty)',
  wordsHint: 'Up to 2,000 characters. Please write no PIN and no card number.',
  nothing: 'Correct something, or write why it is right as it is.',
  send: 'Send it',
};

export const correctText = catalogue(ja, en);
