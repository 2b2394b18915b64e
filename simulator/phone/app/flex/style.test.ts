import { describe, expect, it } from 'vitest';
import { blockStyle, boxStyle, css, imageStyle, placeStyle, spanStyle, textStyle } from './style.ts';

const inRow = { layout: 'horizontal', spacing: 'none', isFirst: true } as const;
const inColumn = { layout: 'vertical', spacing: 'none', isFirst: true } as const;

describe('room in a box', () => {
  it('is shared alike in a row, and taken as needed in a column', () => {
    expect(placeStyle({ type: 'text' }, inRow)).toEqual({ flex: '1 1 0%' });
    expect(placeStyle({ type: 'text' }, inColumn)).toEqual({ flex: '0 0 auto' });
  });
  it('follows the flex number, where 0 means only what is needed', () => {
    expect(placeStyle({ type: 'text', flex: 3 }, inRow).flex).toBe('3 1 0%');
    expect(placeStyle({ type: 'text', flex: 0 }, inRow).flex).toBe('0 0 auto');
  });
  it('is all taken by a filler, and never by a separator or a box with a width', () => {
    expect(placeStyle({ type: 'filler' }, inColumn).flex).toBe('1 1 0%');
    expect(placeStyle({ type: 'separator' }, inRow).flex).toBe('0 0 auto');
    expect(placeStyle({ type: 'box', width: '72%' }, inRow).flex).toBe('0 0 auto');
  });
});

describe('space between components', () => {
  const second = { layout: 'vertical', spacing: 'md', isFirst: false } as const;
  it('is the box’s spacing, but not before the first', () => {
    expect(placeStyle({ type: 'text' }, second)['margin-top']).toBe('8px');
    expect(placeStyle({ type: 'text' }, { ...second, isFirst: true })['margin-top']).toBeUndefined();
  });
  it('is the component’s own margin when it has one, to the side in a row', () => {
    expect(placeStyle({ type: 'text', margin: 'xxl' }, second)['margin-top']).toBe('20px');
    expect(placeStyle({ type: 'text', margin: '3px' }, { ...second, layout: 'baseline' })['margin-inline-start']).toBe(
      '3px',
    );
  });
});

describe('a box', () => {
  it('lays out, pads, rounds and borders', () => {
    expect(
      boxStyle({
        layout: 'horizontal',
        paddingAll: 'md',
        paddingTop: '1px',
        cornerRadius: 'lg',
        borderWidth: 'semi-bold',
        borderColor: '#00FF00',
        justifyContent: 'space-between',
        alignItems: 'center',
      }),
    ).toMatchObject({
      'flex-direction': 'row',
      'padding-top': '1px',
      'padding-bottom': '8px',
      'border-radius': '12px',
      border: '3px solid #00FF00',
      'justify-content': 'space-between',
      'align-items': 'center',
    });
  });
  it('may have a gradient of two or three colours', () => {
    const background = { type: 'linearGradient', angle: '90deg', startColor: '#000000', endColor: '#FFFFFF' };
    expect(boxStyle({ background })['background-image']).toBe('linear-gradient(90deg, #000000, #FFFFFF)');
    expect(
      boxStyle({ background: { ...background, centerColor: '#FF0000', centerPosition: '10%' } })['background-image'],
    ).toBe('linear-gradient(90deg, #000000, #FF0000 10%, #FFFFFF)');
  });
});

describe('text', () => {
  it('takes size, weight, colour, alignment and decoration', () => {
    expect(
      textStyle({ size: 'xl', weight: 'bold', color: '#03813A', align: 'end', decoration: 'line-through' }),
    ).toEqual({
      'font-size': '22px',
      'font-weight': '700',
      color: '#03813A',
      'text-align': 'end',
      'text-decoration': 'line-through',
    });
  });
  it('is cut after maxLines only when it wraps', () => {
    expect(textStyle({ wrap: true, maxLines: 2 })['-webkit-line-clamp']).toBe('2');
    expect(textStyle({ maxLines: 2 })['-webkit-line-clamp']).toBeUndefined();
  });
  it('lets a span go its own way', () => {
    expect(spanStyle({ style: 'italic', size: '3xl' })).toEqual({ 'font-size': '35px', 'font-style': 'italic' });
  });
});

describe('a picture', () => {
  it('is a square of 100 px that shows all of itself, unless told otherwise', () => {
    expect(imageStyle({})).toMatchObject({ width: '100px', 'aspect-ratio': '1 / 1', 'object-fit': 'contain' });
    expect(imageStyle({ size: 'full', aspectRatio: '20:13', aspectMode: 'cover' })).toMatchObject({
      width: '100%',
      'aspect-ratio': '20 / 13',
      'object-fit': 'cover',
    });
  });
});

it('lets nothing but sizes and colours into a style', () => {
  const evil = 'red;background:url(https://evil.example/)';
  const styles = [
    boxStyle({
      backgroundColor: evil,
      width: evil,
      cornerRadius: evil,
      background: { type: 'linearGradient', angle: evil, startColor: evil, endColor: evil },
    }),
    textStyle({ color: evil, size: evil, lineSpacing: evil }),
    imageStyle({ size: evil, aspectRatio: evil, backgroundColor: evil }),
    blockStyle({ separator: true, separatorColor: evil, backgroundColor: evil }),
    placeStyle({ type: 'box', margin: evil, offsetTop: evil }, inRow),
  ];
  expect(styles.map(css).join(';')).not.toContain('evil');
});
