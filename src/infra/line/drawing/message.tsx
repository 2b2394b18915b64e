import type { Child } from 'hono/jsx';
import { type Language, labelled } from '../../../base/language.ts';
import type { Message } from '../talk.ts';
import { Carousel, Flex } from './flex.tsx';
import { type Drawing, type Json, record, records, textIn } from './reading.ts';
import { drawingText } from './text.ts';

export type { Drawing } from './reading.ts';

/** A message the account sent, as the person saw it. Nothing in it can be pressed, and nothing is loaded from elsewhere. */
export function DrawnMessage({ message, drawing }: { message: Message; drawing: Drawing }) {
  // LINE adds properties and kinds; what was sent is read as what it is, not as what one version of the SDK knows.
  const sent: Json = { ...message };
  const replies = records(record(sent.quickReply).items);
  return (
    <div class="drawn">
      {draw(sent, drawing)}
      {replies.length > 0 ? (
        <ul class="d-replies" aria-label={drawingText(drawing.language).quickReplies}>
          {replies.map((item) => (
            <li>{textIn(record(item.action).label)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function draw(message: Json, drawing: Drawing): Child {
  const t = drawingText(drawing.language);
  switch (message.type) {
    case 'text':
    case 'textV2':
      return <p class="d-balloon">{emojiless(message)}</p>;
    case 'flex':
      return <Flex contents={record(message.contents)} drawing={drawing} />;
    case 'template':
      return <Template template={record(message.template)} drawing={drawing} />;
    case 'image': {
      const url = drawing.picture(textIn(message.previewImageUrl));
      return url === null ? (
        <Named language={drawing.language} words={t.picture} />
      ) : (
        <img class="d-picture" src={url} alt={t.picture} />
      );
    }
    case 'imagemap':
      return <Named language={drawing.language} words={t.picture} more={textIn(message.altText)} />;
    case 'sticker':
      return <Named language={drawing.language} words={t.sticker} />;
    case 'video':
      return <Named language={drawing.language} words={t.video} />;
    case 'audio':
      return <Named language={drawing.language} words={t.audio} />;
    case 'location':
      return (
        <Named
          language={drawing.language}
          words={t.location}
          more={`${textIn(message.title)} ${textIn(message.address)}`}
        />
      );
    default:
      return <Named language={drawing.language} words={t.unknown} more={textIn(message.altText)} />;
  }
}

/** LINE's own emoji stand as `$` in the words; their pictures are on a host our pages may not load from. */
function emojiless(message: Json): string {
  const places = new Set(records(message.emojis).map((emoji) => emoji.index));
  return [...textIn(message.text)].map((letter, index) => (places.has(index) ? '▢' : letter)).join('');
}

/** What cannot be shown is said. */
function Named({ words, more = '', language }: { words: string; more?: string; language: Language }) {
  const whole = more.trim() === '' ? words : labelled(words, more.trim(), language);
  return <p class="d-balloon d-named">{whole}</p>;
}

function Template({ template, drawing }: { template: Json; drawing: Drawing }) {
  const columns = Array.isArray(template.columns) ? records(template.columns) : [template];
  const cards = columns.map((column) => <TemplateCard card={column} drawing={drawing} />);
  if (cards.length === 1) return cards[0] ?? null;
  return <Carousel cards={cards} language={drawing.language} />;
}

/** Buttons, a question, or one card of a carousel: a title, words, and what can be chosen. */
function TemplateCard({ card, drawing }: { card: Json; drawing: Drawing }) {
  const url = drawing.picture(textIn(card.thumbnailImageUrl) || textIn(card.imageUrl));
  const actions = Array.isArray(card.actions) ? records(card.actions) : [record(card.action)];
  const [title, text] = [textIn(card.title), textIn(card.text)];
  return (
    <div class="d-bubble d-bubble-mega">
      {url === null ? null : <img class="d-image d-w-100 d-ratio-20x13 d-cover" src={url} alt="" />}
      <div class="d-block d-block-body">
        {title ? <p class="d-words d-bold d-text-15">{title}</p> : null}
        {text ? <p class="d-words d-text-12">{text}</p> : null}
      </div>
      <div class={card.type === 'confirm' ? 'd-block d-block-footer d-beside' : 'd-block d-block-footer'}>
        {actions.map((action) => (
          <p class="d-button d-button-link">{textIn(action.label)}</p>
        ))}
      </div>
    </div>
  );
}
