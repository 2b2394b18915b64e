import type { Child } from 'hono/jsx';
import type { Language } from '../../../base/language.ts';
import {
  boxLooks,
  classes,
  type Layout,
  layoutOf,
  type Place,
  paragraphLooks,
  pictureLooks,
  placeLooks,
  textLooks,
  tone,
} from './looks.ts';
import { type Drawing, isRecord, type Json, record, records, textIn } from './reading.ts';
import { drawingText } from './text.ts';

/** A bubble, or a carousel of them, as LINE draws it; nothing in it can be pressed. */
export function Flex({ contents, drawing }: { contents: Json; drawing: Drawing }) {
  const bubbles = contents.type === 'carousel' ? records(contents.contents) : [contents];
  if (bubbles.length === 1) return <Bubble bubble={bubbles[0] ?? {}} drawing={drawing} />;
  return (
    <Carousel
      cards={bubbles.map((bubble) => <Bubble bubble={bubble} drawing={drawing} />)}
      language={drawing.language}
    />
  );
}

/** Cards side by side; what scrolls must be reached by keyboard. */
export function Carousel({ cards, language }: { cards: readonly Child[]; language: Language }) {
  return (
    <section class="d-carousel" aria-label={drawingText(language).cards(cards.length)} tabindex={0}>
      <ul>
        {cards.map((card) => (
          <li>{card}</li>
        ))}
      </ul>
    </section>
  );
}

const BLOCKS = ['header', 'hero', 'body', 'footer'] as const;

function Bubble({ bubble, drawing }: { bubble: Json; drawing: Drawing }) {
  const styles = record(bubble.styles);
  const size = ['nano', 'micro', 'deca', 'hecto', 'kilo', 'giga'].includes(textIn(bubble.size))
    ? textIn(bubble.size)
    : 'mega';
  return (
    <div class={`d-bubble d-bubble-${size}`}>
      {BLOCKS.filter((name) => isRecord(bubble[name])).map((name) => {
        const style = record(styles[name]);
        return (
          <div
            class={classes(
              `d-block d-block-${name}`,
              tone('back', style.backgroundColor),
              style.separator === true ? 'd-parted' : undefined,
            )}
          >
            <Component node={record(bubble[name])} place={ROOT} isHero={name === 'hero'} drawing={drawing} />
          </div>
        );
      })}
    </div>
  );
}

const ROOT: Place = { layout: 'vertical', spacing: undefined, isFirst: true };

interface Drawn {
  readonly node: Json;
  readonly place: Place;
  readonly drawing: Drawing;
}

/** One component and what is in it. Types we do not know take no room. */
function Component({ node, place, isHero = false, drawing }: Drawn & { isHero?: boolean }) {
  switch (node.type) {
    case 'box':
      return <Box node={node} place={place} drawing={drawing} />;
    case 'text':
      return <Words node={node} place={place} />;
    case 'button':
      return <Button node={node} place={place} />;
    case 'image':
    case 'icon':
      return <Picture node={node} place={place} isHero={isHero} drawing={drawing} />;
    case 'video':
      return <Component node={record(node.altContent)} place={place} isHero={isHero} drawing={drawing} />;
    case 'separator':
      return (
        <div
          class={classes(
            place.layout === 'vertical' ? 'd-separator' : 'd-separator d-upright',
            tone('edge', node.color),
            ...placeLooks(node, place),
          )}
        />
      );
    case 'filler':
    case 'spacer':
      return <div class={classes(...placeLooks({ ...node, type: 'filler' }, place))} />;
    default:
      return null;
  }
}

function Box({ node, place, drawing }: Drawn) {
  const layout: Layout = layoutOf(node);
  const contents = records(node.contents);
  return (
    <div class={classes('d-box', ...placeLooks(node, place), ...boxLooks(node))}>
      {contents.map((child, index) => (
        <Component node={child} place={{ layout, spacing: node.spacing, isFirst: index === 0 }} drawing={drawing} />
      ))}
    </div>
  );
}

function Words({ node, place }: Omit<Drawn, 'drawing'>) {
  const spans = records(node.contents);
  return (
    <p class={classes('d-words', ...placeLooks(node, place), ...paragraphLooks(node))}>
      {spans.length > 0
        ? spans.map((span) => <span class={classes(...textLooks(span))}>{textIn(span.text)}</span>)
        : textIn(node.text)}
    </p>
  );
}

function Button({ node, place }: Omit<Drawn, 'drawing'>) {
  const style = node.style === 'primary' || node.style === 'secondary' ? node.style : 'link';
  return (
    <p
      class={classes(
        `d-button d-button-${style}`,
        tone(style === 'link' ? 'ink' : 'back', node.color),
        ...placeLooks(node, place),
      )}
    >
      {textIn(record(node.action).label)}
    </p>
  );
}

function Picture({ node, place, isHero, drawing }: Drawn & { isHero: boolean }) {
  const looks = classes('d-image', ...placeLooks(node, place), ...pictureLooks(node, isHero));
  const url = drawing.picture(textIn(node.url));
  const words = textIn(record(node.action).label) || drawingText(drawing.language).picture;
  return url === null ? <p class={`${looks} d-missing`}>{words}</p> : <img class={looks} src={url} alt={words} />;
}
