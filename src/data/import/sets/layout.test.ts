import { describe, expect, it } from 'vitest';
import { sayIt } from '../../../language/sentence.ts';
import { type LayoutChoice, layOut } from './layout.ts';

/** Folders, each with one image unless it says how many: "train/cat: 3". */
function paths(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((said) => {
    const [folder = '', count = '1'] = said.split(': ');
    return Array.from({ length: Number(count) }, (_, n) => `${folder}${folder === '' ? '' : '/'}${n}.png`);
  });
}

/** The classes of both sides, then how many images are left out: "cat dog | cat dog | 1". */
function told(folders: readonly string[], choice?: LayoutChoice): string {
  const { places } = layOut(paths(...folders), choice);
  const side = (of: 'train' | 'test') =>
    [...new Set(places.flatMap((place) => (place.side === of ? [place.label] : [])))].sort().join(' ');
  return `${side('train')} | ${side('test')} | ${places.filter((place) => place.side === null).length}`;
}

describe('where nothing is a split, the class is the first folder level that differs', () => {
  it.each([
    ['folders at the root', ['cat', 'dog'], 'cat dog |  | 0'],
    ['a folder around them', ['pets/cat', 'pets/dog'], 'cat dog |  | 0'],
    ['several folders around them', ['a/b/c/cat', 'a/b/c/dog'], 'cat dog |  | 0'],
    ['folders below them', ['pets/cat/day', 'pets/cat/night', 'pets/dog/day'], 'cat dog |  | 0'],
    ['a constant folder below them', ['cat/images', 'dog/images'], 'cat dog |  | 0'],
    ['images beside the class folders', ['pets: 3', 'pets/cat', 'pets/dog'], 'cat dog |  | 3'],
    ['a class named train', ['vehicles/bus', 'vehicles/car', 'vehicles/train'], 'bus car train |  | 0'],
    ['classes named as splits are', ['bus', 'test', 'train'], 'bus test train |  | 0'],
    ['classes that begin as splits do', ['train_station', 'train_interior'], 'train_interior train_station |  | 0'],
    ['a class named train with folders of its own', ['bus/day', 'train/day', 'train/night'], 'bus train |  | 0'],
    ['classes with splits in their names', ['train_station', 'test_tube'], 'test_tube train_station |  | 0'],
    ['numbered parts of classes', ['cat/train_1', 'cat/train_2', 'dog/test_1'], 'cat dog |  | 0'],
    ['a class that others are tested with', ['tube/a', 'test_tube/b', 'lamp/a'], 'lamp test_tube tube |  | 0'],
    ['no folder at all', ['', 'cat'], 'cat |  | 1'],
  ])('%s', (_, folders, expected) => {
    expect(told(folders)).toBe(expected);
  });
});

describe('splits', () => {
  it.each([
    ['train and test', ['train/cat', 'train/dog', 'test/cat', 'test/dog'], 'cat dog | cat dog | 0'],
    ['a folder around them', ['p/Training/cat', 'p/Training/dog', 'p/Validation/cat'], 'cat dog | cat | 0'],
    ['prefixes and suffixes', ['seg_train/a', 'seg_train/b', 'seg_test/a', 'seg_test/b'], 'a b | a b | 0'],
    ['other words', ['training_set/a', 'training_set/b', 'test-images/a'], 'a b | a | 0'],
    ['Chinese words', ['训练集/猫', '训练集/狗', '测试集/猫', '验证/狗'], '狗 猫 | 狗 猫 | 0'],
    ['Chinese words with others', ['宠物训练数据/猫', '宠物训练数据/狗', '宠物测试图片/猫'], '狗 猫 | 猫 | 0'],
    ['years', ['train2017/a', 'train2017/b', 'val2017/b'], 'a b | b | 0'],
    ['one word', ['trainset/a', 'trainset/b', 'testdata/b'], 'a b | b | 0'],
    ['camel case', ['trainImages/a', 'trainImages/b', 'TestImages/b'], 'a b | b | 0'],
    ['a word that both have', ['flowers_train/a', 'flowers_train/b', 'flowers_val/a'], 'a b | a | 0'],
    ['words that differ', ['Training/a', 'Training/b', 'PublicTest/a', 'PrivateTest/b'], 'a b | a b | 0'],
    ['beside labels of another kind', ['images/train/a', 'images/train/b', 'images/val/a'], 'a b | a | 0'],
    ['three of them', ['train/a', 'train/b', 'val/a', 'val/b', 'test/a', 'test/b'], 'a b | a b | 0'],
    ['eval and dev', ['train/a', 'train/b', 'dev/a', 'eval/b'], 'a b | a b | 0'],
    ['an outer folder named test', ['test/train/a', 'test/train/b', 'test/val/a'], 'a b | a | 0'],
    ['an outer folder named train', ['train/train/a', 'train/train/b', 'train/test/a'], 'a b | a | 0'],
    ['doubled ones', ['seg_train/seg_train/a', 'seg_train/seg_train/b', 'seg_test/seg_test/a'], 'a b | a | 0'],
    ['in parts', ['train_1/a', 'train_2/a', 'train_2/b'], 'a b |  | 0'],
    ['one alone', ['t/train/a', 't/train/b'], 'a b |  | 0'],
    ['a test split alone', ['test/a', 'test/b'], ' | a b | 0'],
    [
      'a class named train in them',
      ['train/bus', 'train/train', 'test/bus', 'test/train'],
      'bus train | bus train | 0',
    ],
    [
      'classes named as splits in them',
      ['train/bus', 'train/test', 'train/train', 'test/bus'],
      'bus test train | bus | 0',
    ],
    ['classes above them', ['cat/train', 'cat/test', 'dog/train', 'dog/test'], 'cat dog | cat dog | 0'],
    ['a folder between', ['train/images/a', 'train/images/b', 'test/images/a'], 'a b | a | 0'],
    ['a folder between in one of them', ['train/images/a', 'train/images/b', 'test/a', 'test/b'], 'a b | a b | 0'],
    ['other folders beside them', ['train/a', 'train/b', 'test/a', 'samples: 4'], 'a b | a | 4'],
    [
      'one that names the other',
      ['rps/rps/a', 'rps/rps/b', 'rps-test-set/rps-test-set/a', 'rps-test-set/rps-test-set/b'],
      'a b | a b | 0',
    ],
    [
      'one that names the other, in front',
      ['a-or-b/a', 'a-or-b/b', 'validation-a-or-b/a', 'validation-a-or-b/b'],
      'a b | a b | 0',
    ],
    ['names in other case', ['train/Cat', 'train/Dog', 'test/cat', 'test/dog'], 'Cat Dog | Cat Dog | 0'],
  ])('%s', (_, folders, expected) => {
    expect(told(folders)).toBe(expected);
  });
});

describe('what has no label is left out', () => {
  const train = ['train/a', 'train/b'];
  it.each([
    ['Tiny ImageNet', ['train/n01/images', 'train/n02/images', 'val/images: 5', 'test/images: 5'], 'n01 n02 |  | 10'],
    ['a flat test split', [...train, 'test: 3'], 'a b |  | 3'],
    ['a flat test split in itself', [...train, 'test/test: 3'], 'a b |  | 3'],
    ['a test split in one folder', [...train, 'test/unknown: 3', 'val/a'], 'a b | a | 3'],
    ['seg_pred', ['seg_train/a', 'seg_train/b', 'seg_test/a', 'seg_pred/seg_pred: 7'], 'a b | a | 7'],
    ['a test class that nothing is learnt of', [...train, 'test/a', 'test/other: 2'], 'a b | a | 2'],
    ['a flat train split', ['train: 9', 'test/a', 'test/b'], ' | a b | 9'],
    ['a test class with a folder in it', ['train/n1/images', 'train/n2/images', 'val/n1/images'], 'n1 n2 | n1 | 0'],
  ])('%s', (_, folders, expected) => {
    expect(told(folders)).toBe(expected);
  });

  it('with a reason that names the split', () => {
    const { places } = layOut(paths('train/a', 'train/b', 'val/images', 'test', 'pred'));
    expect(places.flatMap(({ reason }) => (reason === null ? [] : sayIt(reason)))).toEqual([
      'without labels: val has no folder of a class',
      'without labels: test has no folder of a class',
      'in pred, which has no labels',
    ]);
  });
});

describe('several data sets', () => {
  const two = ['x/train/a', 'x/train/b', 'x/test/a', 'y/train/c', 'y/train/d', 'y/val/c: 2'];

  it('are folders that have splits of their own, of which one is read', () => {
    expect(layOut(paths(...two)).sets).toEqual(['x', 'y']);
    expect(told(two)).toBe('a b | a | 4');
    expect(told(two, { set: 'y' })).toBe('c d | c | 3');
  });

  it.each([
    [
      'malaria',
      ['cells/ill', 'cells/well', 'cells/cells/ill', 'cells/cells/well: 2'],
      'cells/cells',
      'ill well',
      [3, 2],
    ],
    ['brain MRI', ['yes: 4', 'no', 'brain/yes: 2', 'brain/no'], 'brain', 'no yes', [3, 5]],
    [
      'natural images',
      ['images/car', 'images/cat: 2', 'data/images/car', 'data/images/cat'],
      'data',
      'car cat',
      [2, 3],
    ],
    ['flowers', ['f/a', 'f/b', 'f/f/a', 'f/f/b', 'f/f/f/a', 'f/f/f/b'], 'f/f', 'a b', [4, 4]],
  ])('are copies of the class folders beside them: %s', (_, folders, copy, classes, leftOut) => {
    expect(layOut(paths(...folders)).sets.slice(0, 2)).toEqual(['', copy]);
    expect([told(folders), told(folders, { set: copy })]).toEqual(leftOut.map((count) => `${classes} |  | ${count}`));
  });

  it('are not copies of a part of the folders, which are classes', () => {
    expect(told(['1', '2', '3', '4', '5/1', '5/2'])).toBe('1 2 3 4 5 |  | 0');
    expect(told(['cat', 'dog/cat'])).toBe('cat dog |  | 0');
    expect(told(['0', '1', '2/0', '2/1'])).toBe('0 1 2 |  | 0');
    expect(told(['1/1', '1/2', '1/3', '2/1', '2/2', '3/1', '3/2', '3/3', '3/4'])).toBe('1 2 3 |  | 0');
    expect(told(['left/left', 'left/right', 'right/left', 'right/right', 'none'])).toBe('left none right |  | 0');
    expect(told(['pets/cat/day', 'pets/cat/night', 'pets/cat/new/day', 'pets/cat/new/night', 'pets/dog'])).toBe(
      'cat dog |  | 0',
    );
  });

  it('are not made of classes above their splits', () => {
    expect(layOut(paths('cat/train', 'cat/test', 'dog/train', 'dog/test')).sets).toEqual([]);
  });
});

describe('another level', () => {
  it('can be chosen', () => {
    const folders = ['pets/cat/day', 'pets/cat/night', 'pets/dog/day'];
    const { level, levels } = layOut(paths(...folders));
    expect([level, levels]).toEqual([
      1,
      [
        { level: 1, names: ['cat', 'dog'] },
        { level: 2, names: ['day', 'night'] },
      ],
    ]);
    expect(told(folders, { level: 2 })).toBe('day night |  | 0');
  });

  it('can be chosen within splits', () => {
    const folders = ['train/cat/day', 'train/dog/night', 'test/cat/day', 'test/cat/dusk'];
    expect(told(folders)).toBe('cat dog | cat | 0');
    expect(told(folders, { level: 1 })).toBe('day night | day | 1');
  });
});
