import type { BodyName } from '../schema-check.ts';
import type { Report } from './report.ts';

/** What the requests about audiences have in common; each has some of it. */
export interface AudienceBody {
  audienceGroupId?: number;
  description?: string;
  audiences?: { id?: string }[];
  requestId?: string;
  clickUrl?: string;
}

const usersAtMost = 10_000;

/** The SDK's types make every property optional; LINE does not. */
export function checkAudience(report: Report, name: BodyName, body: AudienceBody): void {
  if (name === 'AudienceAdd') {
    if (body.audienceGroupId === undefined) report('/audienceGroupId', 'May not be null');
    if (body.audiences === undefined) report('/audiences', 'May not be empty');
  } else if (!body.description) report('/description', 'May not be empty');
  else if (body.description.length > 120) report('/description', 'Length must be between 1 and 120');
  if ((name === 'AudienceOfClicks' || name === 'AudienceOfImpressions') && !body.requestId) {
    report('/requestId', 'May not be empty');
  }
  if ((body.clickUrl?.length ?? 0) > 2_000) report('/clickUrl', 'Length must be between 0 and 2000');
  if ((body.audiences?.length ?? 0) > usersAtMost) report('/audiences', `Size must be between 0 and ${usersAtMost}`);
}
