import type { Child } from 'hono/jsx';

/** A box about one thing. */
export function Card(props: { title?: Child; id?: string; children?: Child }) {
  return (
    <section class="card" id={props.id}>
      {props.title ? <h2>{props.title}</h2> : null}
      {props.children}
    </section>
  );
}

/** A card that opens at a tap: for one of many lists of which people want one. */
export function Fold(props: { title: string; children?: Child }) {
  return (
    <details class="card fold">
      <summary>
        <h2>{props.title}</h2>
      </summary>
      {props.children}
    </details>
  );
}

export type NoticeKind = 'success' | 'info' | 'warning' | 'danger';

const MARKS: Record<NoticeKind, string> = { success: '✓', info: 'i', warning: '!', danger: '!' };

/** Something to know, in words, colour and a mark. `success` and `danger` are spoken when the page opens. */
export function Notice(props: { kind: NoticeKind; title?: string; children?: Child }) {
  const role = props.kind === 'success' ? 'status' : props.kind === 'danger' ? 'alert' : undefined;
  return (
    <div class={`notice ${props.kind}`} role={role}>
      <span class="mark" aria-hidden="true">
        {MARKS[props.kind]}
      </span>
      <div>
        {props.title ? <p class="notice-title">{props.title}</p> : null}
        {props.children}
      </div>
    </div>
  );
}

export interface SummaryRow {
  readonly term: Child;
  readonly value: Child;
  /** A link or a form with a button, beside the value. */
  readonly action?: Child;
}

/** Names and values: a subscription, an order. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary">
      {rows.map((row) => (
        <div>
          <dt>{row.term}</dt>
          <dd>{row.value}</dd>
          {row.action ? <dd class="summary-action">{row.action}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

/** A table. Columns named in `numeric` (from 0) stand to the right in figures of one width. */
export function DataTable(props: {
  caption: string;
  /** The heading above says the caption already: it is read out and not seen. */
  isUnderHeading?: boolean;
  head: readonly string[];
  rows: readonly (readonly Child[])[];
  numeric?: readonly number[];
  /** Figures beside figures, more of them than a phone is wide: scrolls sideways there, by finger and by key. */
  isWide?: boolean;
  /** On a phone each row is a card with its columns' names, so that nothing stands beyond the edge. */
  isStacked?: boolean;
}) {
  const scrolls = props.isWide ? { tabindex: 0, role: 'region', 'aria-label': props.caption } : {};
  const classOf = (column: number) => (props.numeric?.includes(column) ? 'numeric' : undefined);
  return (
    <div class={`table-frame${props.isWide ? ' wide' : ''}${props.isStacked ? ' stacked' : ''}`} {...scrolls}>
      <table>
        <caption class={props.isUnderHeading ? 'visually-hidden' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {props.head.map((name, column) => (
              <th scope="col" class={classOf(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {row.map((cell, column) =>
                props.isStacked && cell !== '' ? (
                  <td class={classOf(column)} data-name={props.head[column]}>
                    <div>{cell}</div>
                  </td>
                ) : (
                  <td class={classOf(column)}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A list of places to go, each a full-width row. */
export function LinkList(props: { links: readonly { href: string; label: string; hint?: string }[] }) {
  return (
    <ul class="link-list">
      {props.links.map((link) => (
        <li>
          <a href={link.href}>
            <span>{link.label}</span>
            {link.hint ? <span class="muted">{link.hint}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}
