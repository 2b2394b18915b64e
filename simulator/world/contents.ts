/** Bytes a person sent: images, and whatever else has content to fetch. */
export interface Content {
  bytes: Uint8Array;
  contentType: string;
  /** Content is "being prepared" until then, in simulated ms. */
  readyAtMs: number;
  isGone: boolean;
}

export class Contents {
  readonly #contents = new Map<string, Content>();

  add(messageId: string, content: Content): void {
    this.#contents.set(messageId, content);
  }

  find(messageId: string): Content | undefined {
    return this.#contents.get(messageId);
  }

  /** Bytes as Base64. */
  dump() {
    return [...this.#contents].map(([messageId, content]) => ({
      messageId,
      ...content,
      bytes: Buffer.from(content.bytes).toString('base64'),
    }));
  }

  load(contents: ReturnType<Contents['dump']>): void {
    this.reset();
    for (const { messageId, bytes, ...rest } of contents) {
      this.add(messageId, { ...rest, bytes: Buffer.from(bytes, 'base64') });
    }
  }

  reset(): void {
    this.#contents.clear();
  }
}
