/** Something in the ledger that must not be, in words, with the ids to look at. */
export interface Finding {
  readonly check: string;
  /** The same; missing in findings from before it was stored. */
  readonly inJapanese?: string;
  readonly says: string;
}

/** What must hold for every owner, in words. `verify.ts` checks it from the beginning of the journal, `seen.ts` since the last check. */
export const said = {
  sums: {
    check: 'a lot holds what came in less what went out',
    inJapanese: 'ひとまとまりの残りは、入った量から出た量を引いたものと同じです。',
  },
  lots: {
    check: 'an entry names lots that exist, in their unit',
    inJapanese: '記録には、実際にあるまとまりが、その単位で書かれています。',
  },
  amounts: {
    check: 'of each lot it is said what it is and what it holds',
    inJapanese: 'どのまとまりにも、その内容と残りの両方が書かれています。',
  },
  chain: {
    check: 'the entries of an owner are one chain on either side',
    inJapanese: '持ち主ごとの記録は、出る側も入る側も、途切れずにつながっています。',
  },
  owners: {
    check: 'whoever had something is still there',
    inJapanese: '前に見た持ち主は、今もそこにあります。',
  },
} as const;
