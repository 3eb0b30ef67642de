/** For tests and for programs in Node, which have all words at hand: importing this module speaks English. */
import { en } from './en/catalog.ts';
import { speak } from './say.ts';

speak('en', en);
