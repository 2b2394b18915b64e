import type { AuditRow } from './audit-store.ts';

const HEAD = ['at', 'actor', 'actor id', 'name', 'action', 'contractor', 'subscription', 'detail', 'position'];

/** The audit log as a file: names of columns and actions as programs know them, times in UTC, detail as JSON. */
export function auditCsv(rows: readonly AuditRow[]): string {
  const lines = rows.map((row) => [
    row.at.toString(),
    row.actorKind,
    row.actorId ?? '',
    row.actorName ?? '',
    row.action,
    row.contractorId ?? '',
    row.subscriptionId ?? '',
    Object.keys(row.detail).length === 0 ? '' : JSON.stringify(row.detail),
    row.position === null ? '' : String(row.position),
  ]);
  // The mark by which spreadsheets know UTF-8.
  return `\uFEFF${[HEAD, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

/** Quoted where it must be; what a spreadsheet would run as a formula begins with an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
