import { Recent } from './recent.ts';

/** Bytes a person sent: images, and whatever else has content to fetch. */
export interface Content {
  bytes: Uint8Array;
  contentType: string;
  /** Content is "being prepared" until then, in simulated ms. */
  readyAtMs: number;
  isGone: boolean;
}

/** Bytes kept of all together; of what is older LINE, too, says that it is gone. */
const keptBytes = 256 * 1024 * 1024;

export class Contents {
  readonly #contents = new Recent<string, Content>(10_000);
  #bytes = 0;

  add(messageId: string, content: Content): void {
    this.#contents.set(messageId, content);
    this.#bytes += content.bytes.length;
    if (this.#bytes > keptBytes) this.#letGo();
  }

  find(messageId: string): Content | undefined {
    return this.#contents.get(messageId);
  }

  /** The oldest are gone, until a tenth is free. */
  #letGo(): void {
    const all = [...this.#contents].map(([, content]) => content);
    this.#bytes = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const content of all) {
      if (this.#bytes <= keptBytes * 0.9) return;
      this.#bytes -= content.bytes.length;
      content.bytes = new Uint8Array();
      content.isGone = true;
    }
  }

  get kept(): { contents: number; bytes: number } {
    return { contents: this.#contents.size, bytes: this.#bytes };
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
    this.#bytes = 0;
  }
}
