import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { hasMoreLetters } from './limits/report.ts';
import type { Fault } from './refusal.ts';
import schemas from './schemas/received.json' with { type: 'json' };

/** Names of the request bodies there is a schema for (received-types.ts). */
export type BodyName =
  | 'Reply'
  | 'Push'
  | 'Multicast'
  | 'Broadcast'
  | 'Narrowcast'
  | 'NotificationPush'
  | 'AudienceUpload'
  | 'AudienceAdd'
  | 'AudienceOfClicks'
  | 'AudienceOfImpressions'
  | 'AudienceDescription'
  | 'Validate'
  | 'RichMenu'
  | 'RichMenuAlias'
  | 'RichMenuAliasUpdate'
  | 'RichMenuBulkLink'
  | 'RichMenuBulkUnlink'
  | 'RichMenuBatch'
  | 'CouponCreate'
  | 'MissionSticker'
  | 'Callback'
  | 'Loading'
  | 'MarkAsReadByToken'
  | 'MarkAsRead'
  | 'WebhookEndpoint'
  | 'WebhookTest';

const ajv = new Ajv({ allErrors: true, discriminator: true, strict: false, verbose: true });
ajv.addSchema(schemas, 'received');
const definitions: Record<string, unknown> = schemas.definitions;
const compiled = new Map<BodyName, ValidateFunction>();

/** Faults of a body against the schema of its type, in the order found. */
export function checkSchema(name: BodyName, body: unknown): Fault[] {
  const validate = compiled.get(name) ?? ajv.compile({ $ref: `received#/definitions/${name}` });
  compiled.set(name, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).flatMap(toFault);
}

function toFault(error: ErrorObject): Fault[] {
  const { instancePath: pointer, keyword, params } = error;
  const isFlex = /^\/messages\/\d+\/contents(\/|$)/.test(pointer);
  switch (keyword) {
    case 'required':
      return [
        { pointer: `${pointer}/${params.missingProperty}`, message: isFlex ? 'must be specified' : missing(error) },
      ];
    case 'additionalProperties':
      return [
        { pointer: `${pointer}/${params.additionalProperty}`, message: isFlex ? 'unknown field' : 'Unknown property' },
      ];
    case 'type':
      return [{ pointer, message: 'invalid property', isWrongType: true }];
    case 'discriminator':
      if (isFlex) return [{ pointer, message: 'invalid property' }];
      return [
        {
          pointer: `${pointer}/type`,
          message: params.tagValue === undefined ? 'May not be empty' : oneOf(valuesOf(error)),
        },
      ];
    case 'enum':
      return [{ pointer, message: isFlex ? 'invalid property' : oneOf(params.allowedValues) }];
    case 'const':
      return [{ pointer, message: isFlex ? 'invalid property' : oneOf([params.allowedValue]) }];
    case 'maxLength':
      if (isCountedInLetters(error) && !hasMoreLetters(String(error.data), params.limit)) return [];
      return [{ pointer, message: between('Length', error, 'minLength', 'maxLength') }];
    case 'minLength':
      return [{ pointer, message: between('Length', error, 'minLength', 'maxLength') }];
    case 'minItems':
    case 'maxItems':
      return [{ pointer, message: between('Size', error, 'minItems', 'maxItems') }];
    case 'minimum':
    case 'maximum':
      return [
        { pointer, message: `Must be between ${error.parentSchema?.minimum ?? 0} and ${error.parentSchema?.maximum}` },
      ];
    case 'pattern':
      return [{ pointer, message: `Must match "${params.pattern}"` }];
    default:
      // `oneOf` and `anyOf` only repeat what their branches said.
      return [];
  }
}

/** The words of a rich menu; what actions and templates say is no matter of the schema. */
function isCountedInLetters({ instancePath }: ErrorObject): boolean {
  return instancePath === '/name' || instancePath === '/chatBarText';
}

/** A missing text is "empty", anything else missing is "null". */
function missing(error: ErrorObject): string {
  const property = error.parentSchema?.properties?.[error.params.missingProperty];
  return property?.type === 'string' || property?.type === 'array' ? 'May not be empty' : 'May not be null';
}

function oneOf(values: unknown[]): string {
  return `Must be one of the following values: [${values.join(', ')}]`;
}

function between(what: string, error: ErrorObject, least: string, most: string): string {
  return `${what} must be between ${error.parentSchema?.[least] ?? 0} and ${error.parentSchema?.[most]}`;
}

/** The `type` values a discriminated union knows. */
function valuesOf(error: ErrorObject): unknown[] {
  const branches: { $ref: string }[] = error.parentSchema?.oneOf ?? [];
  return branches.map(({ $ref }) => typeOf(definitions[$ref.replace('#/definitions/', '')]));
}

/** The one value a definition's `type` may have. */
function typeOf(definition: unknown): unknown {
  const { properties } = definition as { properties?: { type?: { const?: unknown } } };
  return properties?.type?.const;
}
