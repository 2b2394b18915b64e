import { tmfError } from '../../infra/http/tmf.ts';
import type { WebContext } from '../../infra/http/web-env.ts';

/** Answers that several parts give in the same words. */

export const notFound = (c: WebContext) => tmfError(c, 404, 'notFound', 'There is no such thing');

export const amountInvalid = (c: WebContext) =>
  tmfError(c, 400, 'amountInvalid', 'The amount is no whole number of bytes');

export const keyConflict = (c: WebContext) => tmfError(c, 409, 'conflict', 'This key was used for another request');

export const notInService = (c: WebContext) => tmfError(c, 409, 'notInService', 'The subscription is not in service');
