/** One rule about one field of a form: the sentence a product person reads, and when it is broken. */
export interface FieldRule<Facts, Code extends string> {
  readonly field: string;
  readonly code: Code;
  readonly says: string;
  readonly broken: (facts: Facts) => boolean;
}

/** What is wrong with one field. */
export interface Fault<Code extends string = string> {
  readonly field: string;
  readonly code: Code;
}

/** The first broken rule of each field, in the stated order: everything that is to be put right, told at once. */
export function faultsIn<Facts, Code extends string>(
  rules: readonly FieldRule<Facts, Code>[],
  facts: Facts,
): Fault<Code>[] {
  const faults: Fault<Code>[] = [];
  for (const { field, code, broken } of rules) {
    if (!faults.some((fault) => fault.field === field) && broken(facts)) faults.push({ field, code });
  }
  return faults;
}
