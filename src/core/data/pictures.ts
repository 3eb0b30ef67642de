/** A drawing of something that is a class of ImageNet. */
export interface SamplePicture {
  readonly name: string;
  /** The emoji's code point, in hexadecimal. */
  readonly points: string;
  /** In the folder of pictures among the data files. */
  readonly file: string;
}

/** Sample pictures for the pretrained nets, for a user who has no image at hand. */
export const PICTURES: readonly SamplePicture[] = [
  { name: 'banana', points: '1f34c', file: 'banana.png' },
  { name: 'strawberry', points: '1f353', file: 'strawberry.png' },
  { name: 'pizza', points: '1f355', file: 'pizza.png' },
  { name: 'zebra', points: '1f993', file: 'zebra.png' },
  { name: 'snail', points: '1f40c', file: 'snail.png' },
  { name: 'guitar', points: '1f3b8', file: 'guitar.png' },
];
