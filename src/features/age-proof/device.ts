import { z } from '@hono/zod-openapi';
import { phoneNumberShape } from './camara.ts';

/** A device as CAMARA interfaces name it. Of the four ways only the phone number is known here. */
export const deviceShape = z
  .object({
    phoneNumber: phoneNumberShape.optional(),
    networkAccessIdentifier: z.string().min(1).max(400).optional(),
    ipv4Address: z
      .object({
        publicAddress: z.ipv4(),
        privateAddress: z.ipv4().optional(),
        publicPort: z.int().min(0).max(65_535).optional(),
      })
      .refine((address) => address.privateAddress !== undefined || address.publicPort !== undefined, {
        message: 'needs privateAddress or publicPort',
      })
      .optional(),
    ipv6Address: z.ipv6().optional(),
  })
  .refine((device) => Object.values(device).some((value) => value !== undefined), { message: 'names no device' })
  .openapi('Device');

export type Device = z.infer<typeof deviceShape>;

/** What is told back: the one identifier that was used. */
export const usedDevice = (device: Device | undefined) =>
  device?.phoneNumber === undefined ? {} : { device: { phoneNumber: device.phoneNumber } };
