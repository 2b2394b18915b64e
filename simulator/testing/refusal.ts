import { HTTPFetchError } from '@line/bot-sdk';

/** How an SDK call was refused; throws when it was accepted or failed otherwise. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; headers: Headers; body: unknown }> {
  const error = await call.then(
    () => {
      throw new Error('was accepted');
    },
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HTTPFetchError)) throw error;
  return { status: error.status, headers: error.headers, body: JSON.parse(error.body) };
}
