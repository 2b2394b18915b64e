import type { DocumentPart } from '../../../base/operator.ts';

/** The text of a document people agree to: paragraphs, headings, lists. */
export function DocumentText({ parts }: { parts: readonly DocumentPart[] }) {
  return (
    <article class="document">
      {parts.map((part) =>
        part.kind === 'list' ? (
          <ul class="plain">
            {part.items.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        ) : part.kind === 'heading' ? (
          <h2>{part.text}</h2>
        ) : (
          <p>{part.text}</p>
        ),
      )}
    </article>
  );
}
