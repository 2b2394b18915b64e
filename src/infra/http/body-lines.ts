/** A line was longer than any that makes sense: reading on would only fill the memory. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * The lines of a body as they come, without blank ones, in groups of at most `atOnce`. Nothing is read ahead of the consumer, so
 * a sender goes no faster than its lines are used. If the connection breaks, whole groups that arrived before are handed out, the
 * rest is not.
 */
export async function* bodyLines(
  body: ReadableStream<Uint8Array>,
  { atOnce, longest = 1_000_000 }: { atOnce: number; longest?: number },
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let lines: string[] = [];
  let open = '';
  for await (const chunk of body) {
    const parts = (open + decoder.decode(chunk, { stream: true })).split('\n');
    open = parts.pop() ?? '';
    if (open.length > longest) throw new LineTooLong(`a line of more than ${longest} characters`);
    for (const line of parts) if (line.trim() !== '') lines.push(line);
    while (lines.length >= atOnce) {
      yield lines.slice(0, atOnce);
      lines = lines.slice(atOnce);
    }
  }
  if (open.trim() !== '') lines.push(open);
  if (lines.length > 0) yield lines;
}
