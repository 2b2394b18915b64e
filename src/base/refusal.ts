/** A decision: what is to be done, or a refusal as a value. Bugs throw; refusals never do. */
export type Decision<Value, Code extends string> = Accepted<Value> | Refused<Code>;

export interface Accepted<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Refused<Code extends string> {
  readonly ok: false;
  readonly code: Code;
}

/** A decision for it. */
export function accept<Value>(value: Value): Accepted<Value> {
  return { ok: true, value };
}

/** A decision against it, with the code of its reason. */
export function refuse<Code extends string>(code: Code): Refused<Code> {
  return { ok: false, code };
}

/** One rule of an ordered list: the sentence a product person reads, and when it is broken. */
export interface Rule<Facts, Code extends string> {
  readonly code: Code;
  readonly says: string;
  readonly broken: (facts: Facts) => boolean;
}

/** The first broken rule, in the stated order, or undefined. */
export function firstBroken<Facts, Code extends string>(
  rules: readonly Rule<Facts, Code>[],
  facts: Facts,
): Code | undefined {
  return rules.find((rule) => rule.broken(facts))?.code;
}
