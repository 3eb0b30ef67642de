import { expect, test } from 'vitest';
import { linePieces, wrapped } from './lines.ts';

test('a line may end behind a word and behind a Chinese character, but not before what closes or behind what opens', () => {
  expect(linePieces('the nets  of 20 layers')).toEqual(['the ', 'nets  ', 'of ', '20 ', 'layers']);
  expect(linePieces('残差网络，ResNet-20（直连）的“层”。')).toEqual([
    ...['残', '差', '网', '络，', 'ResNet-20', '（直', '连）', '的', '“层”。'],
  ]);
  expect(linePieces('')).toEqual([]);
});

test.each(['He et al. (2016), 𝒲 and “x”', '（（ 图1：平均值——见文献[2]……）', ' \n a ', '，。', '「'])(
  'pieces are the text: %s',
  (text) => {
    expect(linePieces(text).join('')).toBe(text);
  },
);

test('lines fit, in Chinese too; a word that does not fit has a line of its own', () => {
  const upTo = (most: number) => (line: string) => line.length <= most;
  expect(wrapped('the nets of 20 layers', upTo(8))).toEqual(['the nets', 'of 20', 'layers']);
  expect(wrapped('an unbreakable word', upTo(4))).toEqual(['an', 'unbreakable', 'word']);
  expect(wrapped('各网络在各层的梯度大小，见文献。', upTo(6))).toEqual(['各网络在各层', '的梯度大小，', '见文献。']);
  expect(wrapped('', upTo(4))).toEqual([]);
});
