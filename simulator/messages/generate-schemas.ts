import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

// Run by hand after an update of @line/bot-sdk: `node simulator/messages/generate-schemas.ts`.
// The result is committed, so that the simulator starts in milliseconds and a change of LINE's types shows in review.

const typesPath = fileURLToPath(new URL('received-types.ts', import.meta.url));
const schemasPath = fileURLToPath(new URL('schemas/received.json', import.meta.url));

type Json = Record<string, unknown>;

/**
 * JSON Schema of the types in a file, one definition a type, strict about unknown properties.
 * @param path by default the types of everything the API accepts
 */
export function generateSchemas(path = typesPath): string {
  const generator = createGenerator({
    path,
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    type: '*',
    expose: 'all',
    additionalProperties: false,
    skipTypeCheck: true,
  });
  const definitions = (generator.createSchema('*').definitions ?? {}) as Record<string, Json>;
  const sorted = Object.entries(definitions)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, schema]) => [name, tighten(schema, definitions)]);
  return `${JSON.stringify({ definitions: Object.fromEntries(sorted) }, null, 1)}\n`;
}

/** Lifts the limits LINE writes in prose into the schema, drops the prose, and makes unions tell by `type`. */
function tighten(node: unknown, definitions: Record<string, Json>): unknown {
  if (Array.isArray(node)) return node.map((item) => tighten(item, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const { description, anyOf, properties, ...rest } = node as Json;
  const tight: Json = {};
  for (const [name, value] of Object.entries(rest)) tight[name] = tighten(value, definitions);
  if (properties !== undefined) tight.properties = tightenProperties(properties as Json, definitions);
  if (Array.isArray(anyOf)) Object.assign(tight, tightenUnion(anyOf as Json[], definitions));
  if (typeof description === 'string') Object.assign(tight, limitsIn(description, tight));
  return tight;
}

function tightenProperties(properties: Json, definitions: Record<string, Json>): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, tighten(value, definitions)]));
}

function tightenUnion(members: Json[], definitions: Record<string, Json>): Json {
  const isToldByType = members.every((member) => {
    const target = definitions[String(member.$ref).replace('#/definitions/', '')] as
      | { properties?: { type?: { const?: unknown } } }
      | undefined;
    return typeof target?.properties?.type?.const === 'string';
  });
  if (!isToldByType) return { anyOf: tighten(members, definitions) };
  return { type: 'object', required: ['type'], discriminator: { propertyName: 'type' }, oneOf: members };
}

/** `Minimum length: 1 Maximum length: 20 Pattern: /…/` as written in the SDK's comments. */
function limitsIn(description: string, schema: Json): Json {
  const number = (words: string) => {
    const found = new RegExp(`${words}: (\\d+)`).exec(description);
    return found ? Number(found[1]) : undefined;
  };
  const limits: Json = {};
  if (schema.type === 'string') {
    limits.minLength = number('Minimum length');
    limits.maxLength = number('Maximum length');
    limits.pattern = /Pattern: \/(\S+)\/(?:\s|$)/.exec(description)?.[1];
  } else if (schema.type === 'array') {
    limits.minItems = number('Minimum items');
    limits.maxItems = number('Maximum items');
  } else if (schema.type === 'number') {
    limits.minimum = number('Minimum');
    limits.maximum = number('Maximum');
  }
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemasPath, generateSchemas());
