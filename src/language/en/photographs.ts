/** A person's labelled photographs, classified by pretrained nets. */
export const photographs = {
  title: 'Many photographs',
  about:
    'Add labelled photographs, and the real nets classify them on this device, one net after another: the ResNets from 18 to 152 layers, VGG-16 and VGG-19 with and without batch normalisation, AlexNet and GoogLeNet. Weights of the ResNets and VGGs can be downloaded; for the others you need a file of weights. Photographs stay in your browser.',
  source:
    'Each photograph is resized to 256 pixels on its shorter side, its middle 224 cut out, and classified once, as in torchvision’s tests; the browser makes those above 16 megapixels smaller first, unless they are PNGs. Errors are shares of the photographs that were classified, with the standard error of a share of independent photographs (Agresti and Coull 1998). Speed counts forward passes alone, without decoding.',
  clear: 'Remove photographs',

  classes: 'What the labels are',
  imageNetClasses: 'ImageNet’s classes',
  ownClasses: 'Other classes',
  classNames: 'Names of the classes, in the order of the net’s outputs, one a line',
  classNamesHint:
    'Left empty, the labels themselves are the classes, in the order of their characters, as PyTorch’s ImageFolder numbers folders. Labels that are whole numbers are outputs of the net.',
  files: 'Choose files',
  folder: 'Choose a folder',
  drop: 'or drop a folder, a zip or a Parquet file here: folders named after classes or WordNet ids, or a CSV file with the columns file and label (a WordNet id, a name or a number from 0) beside the images',
  noFiles: 'photographs: what was given holds no files; choose files, or a folder that has some',
  listing: 'Listing files: {photos, plural, one {# image} other {# images}} so far',
  listingBegins: 'Listing files',
  listedAgain: 'The files were listed again, and the photographs are not the same as before: all answers begin again.',
  summary:
    '{photos, plural, one {# photograph} other {# photographs}} from {name}, from {found, number} of {classes, plural, one {# class} other {# classes}}',
  unknown:
    '{photos, plural, one {# image was} other {# images were}} left out: {labels, plural, one {the label matches} other {# labels match}} no class ({examples}).',
  leftOut: '{files, plural, one {# other file was} other {# other files were}} left out',
  unread: '{photos, plural, one {# photograph} other {# photographs}} could not be decoded',
  missed: '{photos, plural, one {# photograph} other {# photographs}} could not be read; the next run tries again',
  noisy:
    'This browser alters the pixels of images (a protection against fingerprinting), down to mere noise or white, so the nets’ errors on these photographs may be the browser’s. PNGs in sRGB are not affected; for other images, allow this page to read canvases and choose the files again, or use another browser.',
  fault: '{path}: {reason}',

  run: 'Classify',
  resume: 'Resume',
  pause: 'Pause',
  howMany: 'How many photographs to use',
  use: '{photos, number} photographs',
  useAll: 'all {photos, number} photographs',
  progress: 'Photographs classified',
  noNets: 'Switch on a net whose weights are here, or add a file of weights below.',
  done: '{done, number} of {total, number} answers',
  classifying: '{net} is classifying: {done, number} of {total, number} answers',
  begins: '{net} begins',
  fetchingNet: 'Downloading {net}: {percent}%',
  loadingNet: 'Loading {net}: {percent}%',
  otherClasses: 'It tells {own, number} classes apart, and the labels are of {classes, number}.',

  netsTable: 'The nets and their errors',
  takePart: '{net} takes part',
  weights: 'weights',
  weightsKept: 'in this browser',
  weightsToFetch: 'to download',
  weightsMissing: 'not here; add its file',
  photos: 'photographs',
  top1: 'top-1 error',
  top5: 'top-5 error',
  rate: 'images per second',
  addWeights: 'Add files of weights',
  removeWeights: 'Stop using {file} for {net}',
  addWeightsAbout: 'Several .safetensors files at once; each is recognised by its tensors.',
  unrecognised:
    'weights file: {file} holds none of these nets; choose one whose tensors are named as in torchvision, timm or transformers',
  passedOver:
    'weights file: {file} is of {net}, as is a later one of these files, which is used instead; choose one file for each net',

  chartTitle: 'Error by depth and cost',
  chart: 'On these photographs, {error} in percent with standard error: {points}',
  point: '{name} {error} ± {spread}',
  readingOne:
    'Bars are one standard error of {photos, plural, one {# photograph} other {# photographs}}. One net alone says nothing about depth.',
  reading:
    'Bars are one standard error, of {equal, select, yes {} other {{least, number} to }}{photos, plural, one {# photograph} other {# photographs}}. On the same photographs, {pairs, plural, one {the two nets {told, plural, =0 {cannot} other {can}} be told apart} other {{told, plural, =0 {none} other {#}} of {pairs, number} pairs of nets can be told apart}} (McNemar’s test with continuity correction, two standard errors). ImageNet’s own figures are of 50,000 photographs.',

  confusions: 'What is taken for what',
  confusionsOf: 'Whose errors',
  noConfusions: 'No errors so far.',
  confusion: '{truth} taken for {told}: {photos, number}',
  moreConfusions: 'Show more: {rows, plural, one {# pair of classes is} other {# pairs of classes are}} left',
  morePictures: 'Show more: {photos, plural, one {# photograph is} other {# photographs are}} left',
} as const;
