import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import { wrongFile } from './wrong-file.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const padded = (text: string) => latin1(text.padEnd(600, '\0'));
const zipped = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(9)])));

/** What files begin with as programs write them, and what a complaint calls them. */
const BEGINNINGS: readonly (readonly [is: string, Uint8Array])[] = [
  ['a PyTorch checkpoint', zipped('resnet18/data.pkl', 'resnet18/byteorder')],
  ['a PyTorch checkpoint', zipped('archive/.format_version', 'archive/data.pkl')],
  ['a PyTorch checkpoint (a pickle)', latin1('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.')],
  ['a PyTorch checkpoint (a pickle)', latin1('\x80\x02ccollections\nOrderedDict\nctorch._utils\n_rebuild_tensor')],
  ['a part of the Python version of CIFAR (a pickle)', latin1('\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training')],
  ['a part of the Python version of CIFAR (a pickle)', latin1('\x80\x02}q\x01(U\tfilenamesq\x02]U\x0ffine_labels')],
  ['a Python pickle', latin1('\x80\x04\x95\x0c\0\0\0\0\0\0\0]\x94(K\x01K\x02e.')],
  ['an HDF5 file', padded('\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0')],
  ['a Keras model', zipped('metadata.json', 'config.json', 'model.weights.h5')],
  ['an ONNX model', latin1('\x08\x08\x12\x07pytorch\x1a\x052.1.0:\x90\x01')],
  ['a TensorFlow model', latin1('\x08\x01\x12\xf2\xa1\x02\n\xd0\x01\x0a\x02')],
  ['a TensorFlow model', latin1('\n\x2a\n\x05input\x12\x0bPlaceholder*\x0b')],
  ['a TensorFlow Lite model', padded('\x1c\0\0\0TFL3\x14\0 \0')],
  ['a GGUF file', padded('GGUF\x03\0\0\0')],
  ['a NumPy array (npy)', padded("\x93NUMPY\x01\0v\0{'descr': '<f4'")],
  ['an archive of NumPy arrays (npz)', zipped('x_train.npy', 'y_train.npy')],
  ['a MATLAB file', padded('MATLAB 5.0 MAT-file, Platform: GLNXA64')],
  [
    'a Git LFS pointer, which stands for a file that was not downloaded',
    latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 46827520\n'),
  ],
  ['a web page', latin1('\n<!DOCTYPE html>\n<html><title>Sign in</title>')],
  ['the list of a model that lies in several files', latin1('{"metadata": {}, "weight_map": {"a": "1.safetensors"}}')],
  ['a JSON file', latin1('{\n  "format": "resnet-playground-run"}')],
  ['a text file', latin1('file,label\ncat.png,cat\n')],
  ['a PNG image', padded('\x89PNG\r\n\x1a\n')],
  ['a JPEG image', padded('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['a HEIC image', padded('\0\0\0\x18ftypheic')],
  ['a PDF', padded('%PDF-1.7\n%\xe2\xe3')],
  ['an office document', zipped('[Content_Types].xml', '_rels/.rels')],
  ['an office document', padded('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['a zip archive', zipped('cat/1.png', 'dog/2.png')],
  ['a RAR archive', padded('Rar!\x1a\x07\x01\0')],
  ['a 7z archive', padded('7z\xbc\xaf\x27\x1c\0\x04')],
  ['a gzip file', padded('\x1f\x8b\x08')],
  ['a Parquet file', padded('PAR1')],
];
test.each(BEGINNINGS)('where weights are wanted, %s is called so, with what to do', async (is, bytes) => {
  const opened = openSafetensors(new Blob([Uint8Array.from(bytes)]), 'net.bin');
  const problem = await opened.then(String, (error: Error) => error.message);
  expect(problem.startsWith(`weights file: net.bin is ${is}; `)).toBe(true);
});

test('what a file is told to be replaced by', async () => {
  const told = (text: string, purpose: 'weights' | 'images') => wrongFile(latin1(text), 'x', purpose)?.message;
  expect(told('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a', 'weights')).toContain(
    '; run "git lfs pull", or download the file itself',
  );
  expect(told('\x80\x02}q\x01(U\x0bbatch_label', 'images')).toContain(
    'x is a part of the Python version of CIFAR (a pickle); choose the archive or the folder of the "binary version"',
  );
  expect(wrongFile(zipped('a/data.pkl'), 'x', 'weights')?.message).toContain('safetensors.torch.save_file(');
  expect(told('', 'weights')).toBe('weights file: x is empty; choose another file');
  expect(told('\x89PNG\r\n\x1a\n', 'weights')).toBe('weights file: x is a PNG image; choose a .safetensors file');
  expect(told('\0\0\0\x18ftypheic\0\0\0\0heic', 'images')).toContain('save it as PNG or JPEG');
});

test('what may be what is wanted is not complained of', async () => {
  expect(wrongFile(padded('\x89PNG\r\n\x1a\n'), 'a', 'images')).toBeNull();
  expect(wrongFile(zipped('cat/1.png'), 'a', 'images')).toBeNull();
  expect(wrongFile(latin1('\x06;\0\x32\x9f\x01'), 'data_batch_1.bin', 'images')).toBeNull();
  const whole = writeSafetensors([{ name: 'a', shape: [1], values: Float32Array.of(1) }]);
  expect(wrongFile(whole, 'a', 'weights')).toBeNull();
});

test('whatever a file begins with, there is a complaint or none', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(fc.constantFrom(...BEGINNINGS), fc.nat(60)).map(([[, bytes], length]) => bytes.subarray(0, length)),
    fc.string().map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom('weights', 'images'), (bytes, purpose) => {
      const { message } = wrongFile(bytes, 'a', purpose) ?? { message: 'data file: a is fine; ' };
      expect(message).toMatch(/ file: a is .+; /);
    }),
    { numRuns: 10_000 },
  );
});
