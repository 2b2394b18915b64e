import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from './api-shapes.ts';
import { tmfErrorAnswer, tmfFields, tmfPage } from './tmf.ts';

/** How routes of TM Forum's interfaces are described: what a list, a look at one and a deed have in common. */

export const tmfJson = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
export const tmfBody = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: tmfJson(schema) });

/** What every route is described with. @param tag under which the description lists it */
export const tmfCommon = (tag: string) => ({ security: [{ apiKey: [] }], tags: [tag] });

export const tmfErrors = {
  400: tmfErrorAnswer('The request cannot be read, or a rule refuses it'),
  401: tmfErrorAnswer('No valid bearer key'),
};
export const tmfNotThere = { 404: tmfErrorAnswer('There is no such thing') };

interface Described<Path extends string, Shape extends z.ZodRawShape> {
  readonly tag: string;
  readonly path: Path;
  readonly summary: string;
  readonly shape: z.ZodObject<Shape>;
}

/** `GET /things`: a page of them; any attribute may be missing, since `fields` selects. */
export function tmfListRoute<
  Path extends string,
  Shape extends z.ZodRawShape,
  Filters extends Readonly<Record<string, z.ZodType>>,
>(of: Described<Path, Shape> & { readonly filters: Filters }) {
  return createRoute({
    ...tmfCommon(of.tag),
    method: 'get',
    path: of.path,
    summary: of.summary,
    request: { query: z.strictObject({ ...tmfPage, ...of.filters }) },
    responses: {
      200: {
        description: 'A page of them; X-Total-Count says how many there are',
        content: tmfJson(z.array(of.shape.partial())),
      },
      ...tmfErrors,
    },
  });
}

/** `GET /things/{id}`. */
export function tmfReadRoute<Path extends string, Shape extends z.ZodRawShape>(of: Described<Path, Shape>) {
  return createRoute({
    ...tmfCommon(of.tag),
    method: 'get',
    path: of.path,
    summary: of.summary,
    request: { params: idParameter, query: z.strictObject(tmfFields) },
    responses: {
      200: { description: 'As it is now', content: tmfJson(of.shape.partial()) },
      ...tmfErrors,
      ...tmfNotThere,
    },
  });
}
