/**
 * How connections are set on which everything is asked by key (the ledger's, the talk's), so that it is planned once and by
 * key. Left alone, PostgreSQL keeps the plan of the first days, when reading a whole small table was cheapest (a table that
 * grew under such a plan made batches of 512 three times slower), or plans anew each time (a third of the database's work
 * for a lone command of the ledger, more than half for a question in the talk).
 */
export const byKeySettings = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
  plan_cache_mode: 'force_generic_plan',
} as const;
