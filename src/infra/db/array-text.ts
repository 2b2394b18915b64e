/**
 * An array as PostgreSQL reads it from text. One string is a third of the work of binding a JavaScript array, whose
 * every element the driver looks at.
 *
 * Elements of `plain` must need no quoting: ids, whole numbers, hex.
 */
export function plainArray(values: readonly (string | number | null)[]): string {
  // Joined by the engine, they are one text at once and not as many as there are elements; it leaves out what is null.
  const texts = values.includes(null) ? values.map((value) => value ?? 'NULL') : values;
  return `{${texts.join(',')}}`;
}

/** The same for any text. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(quoted).join(',')}}`;
}

/** Control characters, which JSON writes in a way of its own, and halves of characters, which it keeps apart. */
const OTHER_IN_JSON = /[^ -\ud7ff\ue000-\uffff]/;

/** Everything else is quoted in an array as in JSON, which the engine does in half the time. */
function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  return OTHER_IN_JSON.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : JSON.stringify(value);
}

/**
 * JSON texts for \`string_to_array($n, chr(31))\`: made of quotes, they would otherwise be escaped here and read
 * character by character there. JSON never holds this control character.
 */
export function jsonTexts(values: readonly string[]): string {
  return values.join('\u001f');
}
