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
  let text = '{';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + quoted(values[i] ?? null);
  return `${text}}`;
}

function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  // Looking first is cheaper: most have nothing to escape.
  return value.includes('"') || value.includes('\\') ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
}

/**
 * JSON texts for \`string_to_array($n, chr(31))\`: made of quotes, they would otherwise be escaped here and read
 * character by character there. JSON never holds this control character.
 */
export function jsonTexts(values: readonly string[]): string {
  return values.join('\u001f');
}
