/** What a canned answer may name; the operator's file is held to these. */
export const cannedFields = ['name', 'balance', 'today', 'agent', 'operator', 'phone', 'hours'] as const;
export type CannedField = (typeof cannedFields)[number];

const FIELD = /\{(\w+)\}/g;

/** A canned answer with its fields filled in. */
export function fillCanned(text: string, fields: Readonly<Record<CannedField, string>>): string {
  return text.replace(FIELD, (whole, name: string) => (isField(name) ? fields[name] : whole));
}

/** Fields a text names that there are not. */
export function unknownFields(text: string): readonly string[] {
  return [...text.matchAll(FIELD)].flatMap(([, name]) => (name !== undefined && !isField(name) ? [name] : []));
}

const isField = (name: string): name is CannedField => cannedFields.some((field) => field === name);
