import { describe, expect, test } from 'vitest';
import { asksForStaff } from './asking.ts';

const lines = (text: string) => text.trim().split(/\s*\n\s*/u);

describe('asks for staff', () => {
  test.each(
    lines(`
      担当者と話したい
      担当者
      オペレーター
      オペレーターに相談
      オペレーターにつないでください
      オペレータ と はなしたい
      ｵﾍﾟﾚｰﾀｰお願いします
      オペレーターはいますか？
      人と話したい
      人と話したいです。
      人に相談したいんですが
      やっぱり人に聞きたい
      人間と話したい
      本物の人間と話せますか
      スタッフと話したい
      スタッフにつないでほしい
      サポートの人と話したい
      係の方に代わってもらえますか
      窓口の方に相談したいのですが
      担当の方をお願いします
      担当者を出して
      責任者を出せ！
      有人チャット
      有人対応を希望します
      チャットで相談
      料金のことで担当者と話したい
      スマホをなくしたので、すぐに人と話したい
      わからないから人に聞きたい
      電話が通じません。オペレーターにつないでもらえませんか
      すみません、担当者につないでくれない？
      機械じゃなくて、人と話したい
      コールセンターの人と話したい
      operator
      Agent please
      human
      live chat
      customer service please
      I want to talk to a person
      I'd like to speak with a human being
      can I talk to an agent?
      Could you connect me to an operator please
      Please transfer me to a real person
      is there a human here?
      I need to talk to your staff
      talk to someone
      Let me speak to a representative about my bill
      I want to talk to someone who can help
      put me through to customer support
      My phone is broken. I want to talk to a person, not a bot
    `),
  )('%s', (text) => expect(asksForStaff(text)).toBe(true));
});

describe('asks for something else', () => {
  test.each(
    lines(`
      友人と話したい
      友人と話したいです
      知人に相談したい
      家族と話したい
      友だちと話したい
      本人と話したい
      主人に聞きたい
      恋人と話したい
      外国人と話したい
      他人に相談
      大人に聞きたい
      二人で話したい
      隣の人と話したい
      知らない人から電話が来る
      同じプランの人と話したい
      海外の人と電話したい
      人に贈りたい
      ほかの人にデータを送りたい
      個人と法人の違い
      担当者と話したくない
      オペレーターは不要です
      オペレーターにつながらない
      担当者に相談したけど解決しない
      昨日の担当者の対応が悪い
      担当者の名前を教えて
      担当者から電話が来た
      オペレーターと話した内容を見たい
      オペレーターになりたい
      友人がオペレーターと話したと言っていた
      人間ですか？
      あなたは人間？
      人
      人数を増やしたい
      スタッフ募集はありますか
      窓口の営業時間
      サポート
      I want to talk to a friend
      I want to talk to my family
      Can I talk to someone abroad?
      how do I talk to my mother for free
      my wife wants to speak with my son
      call someone
      I don't want to talk to a person
      travel agent
      human error
      I am the operator of a shop
      which operator do you use
      are you human?
      the agent was rude yesterday
      I spoke to an agent yesterday
      can another person use my data
      send data to someone
      person
      support
      what are people saying
    `),
  )('%s', (text) => expect(asksForStaff(text)).toBe(false));
});
