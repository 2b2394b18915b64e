/**
 * An array as PostgreSQL reads it from text. One string is a third of the work of binding a JavaScript array, whose
 * every element the driver looks at.
 *
 * Elements of `plain` must need no quoting: ids, whole numbers, hex.
 */
export function plainArray(values: readonly (string | number | null)[]): string {
  let text = '{';
  for (const [i, value] of values.entries()) text += (i === 0 ? '' : ',') + (value ?? 'NULL');
  return `${text}}`;
}

/** The same for any text. */
export function textArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (const [i, value] of values.entries()) {
    text += (i === 0 ? '' : ',') + (value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`);
  }
  return `${text}}`;
}
