/** One thing wrong with a request body, as LINE tells it. */
export interface Detail {
  message: string;
  property: string;
}

/** Why a request body is refused; the shape of LINE's error body. */
export interface BodyRefusal {
  message: string;
  details?: Detail[];
}

/** A fault at a JSON pointer of the request body. */
export interface Fault {
  pointer: string;
  message: string;
  /** The value had another JSON type than the property: LINE's parser gives up there and names the property only. */
  isWrongType?: boolean;
}

const insideMessage = /^\/messages\/(\d+)\/(contents|template|quickReply)(\/.*)?$/;

/**
 * LINE answers in three ways: a wrong JSON type stops the parser at one property; faults inside a Flex container, a
 * template or quick replies are told by a pointer into that message (the first bad message only); all others are listed together.
 */
export function toRefusal(faults: Fault[]): BodyRefusal | null {
  if (faults.length === 0) return null;
  const wrongType = faults.find((fault) => fault.isWrongType && !insideMessage.test(fault.pointer));
  if (wrongType) {
    return {
      message: `The property, '${toProperty(wrongType.pointer)}', in the request body is invalid (line: -, column: -)`,
    };
  }
  const outside = faults.filter((fault) => !insideMessage.test(fault.pointer));
  if (outside.length > 0) {
    const details = outside.map(({ pointer, message }) => ({ message, property: toProperty(pointer) }));
    return { message: `The request body has ${details.length} error(s)`, details };
  }
  const inside = faults.flatMap(({ pointer, message }) => {
    const [, index = '', part = '', rest = ''] = insideMessage.exec(pointer) ?? [];
    // Flex pointers start at the container, the others at the message: so LINE writes them.
    return [{ index, message, property: part === 'contents' ? rest || '/' : `${part}${rest}` }];
  });
  const first = inside[0]?.index ?? '0';
  const details = inside.filter(({ index }) => index === first).map(({ message, property }) => ({ message, property }));
  return { message: `A message (messages[${first}]) in the request body is invalid`, details };
}

/** `/messages/0/text` → `messages[0].text` */
function toProperty(pointer: string): string {
  return pointer
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replace(/^\//, '')
    .replaceAll('/', '.');
}
