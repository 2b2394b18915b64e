import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../../../infra/db/index.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';
import type { LineClient } from '../../../infra/line/client.ts';
import { redraw } from '../../../infra/pictures/redraw.ts';
import { type KeyRing, sealBytes, unsealBytes } from '../../../infra/secrets.ts';
import { LARGEST_PICTURE, nextStep } from '../rules/picture-tries.ts';
import {
  beginDuePicture,
  type DuePicture,
  keepPicture,
  loadSealedPicture,
  postponePicture,
  refusePicture,
} from './store.ts';

const EVERY_SECONDS = 2;

const boundTo = (lineMessageId: string) => `picture:${lineMessageId}`;

/** Asks LINE for the pictures people sent, draws them anew and keeps them sealed, one after the other. */
export function fetchPictures(deps: { db: Db; line: Pick<LineClient, 'content'>; pictureKey: KeyRing }): Job {
  const sql = runnerOf(deps.db);
  return {
    name: 'conversations.pictures',
    everySeconds: EVERY_SECONDS,
    run: (now, stopping) =>
      // Each begun by itself: those behind the one at which the process stops have lost no try, and wait for no other.
      inPortions(1, stopping, async () => {
        const due = await beginDuePicture(sql, now);
        if (due) await fetchOne(due, now);
        return due ? 1 : 0;
      }),
  };

  async function fetchOne({ lineMessageId, attempts }: DuePicture, now: Temporal.Instant): Promise<void> {
    const answer = await deps.line.content(lineMessageId, LARGEST_PICTURE);
    const content = answer.kind === 'ok' ? answer.value : answer;
    const step = nextStep(content, attempts);
    if (step.to === 'refuse') await refusePicture(sql, lineMessageId, step.reason);
    if (step.to === 'wait') await postponePicture(sql, lineMessageId, now.add({ seconds: step.seconds }));
    if (content.kind === 'bytes') await draw(lineMessageId, content.bytes);
  }

  async function draw(lineMessageId: string, bytes: Buffer): Promise<void> {
    const drawn = await redraw(bytes);
    if (drawn === null) return refusePicture(sql, lineMessageId, 'no-picture');
    const sealed = sealBytes(deps.pictureKey, drawn.jpeg, boundTo(lineMessageId));
    await keepPicture(sql, { lineMessageId, sealed, width: drawn.width, height: drawn.height });
  }
}

/** A picture of this conversation as JPEG; null when there is none. Whoever asks has seen to who may look. */
export async function loadPicture(
  deps: { db: Db; pictureKey: KeyRing },
  of: { conversationId: string; lineMessageId: string },
): Promise<Buffer | null> {
  const sealed = await loadSealedPicture(runnerOf(deps.db), of);
  return sealed && unsealBytes(deps.pictureKey, sealed, boundTo(of.lineMessageId));
}
