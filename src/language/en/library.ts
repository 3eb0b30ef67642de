/** The user's own data sets. */
export const library = {
  title: 'Your own data',
  about:
    'One folder of images per class, as a folder, zip or tar.gz; CIFAR-10 or CIFAR-100 (“binary version”); MNIST, Fashion-MNIST and others in IDX files; images and labels in Parquet files. Nothing leaves this page: the files are read here, and saved in this browser only.',
  wanted: 'This link’s experiment needs “{name}”. Add its files to open it.',
  otherImages:
    'data set: the images of “{name}” are saved, but are not the ones that the link’s experiment needs, so it is still waiting. Another share for testing, level of folders, image size, number of images or choice of what to leave out makes another data set; for images other than PNGs, so does another browser',
  drop: 'Drop files or a folder here',
  files: 'Choose files',
  folder: 'Choose a folder',
  testOn: 'Test on',
  shareHint: 'Share of each class kept for testing, if the files have no test set.',
  reading: 'Reading',
  downloading: 'Downloading {set}',
  readingSet: 'Reading {set}',
  cancel: 'Cancel',
  enough: 'Use what is here',
  resumes: 'What was downloaded stays here: after cancelling, you can continue from there.',
  resumesReading: 'What was read stays here: after cancelling, you can continue from there.',
  noFiles: 'data set: there are no files in it; choose files, or a folder that has some',

  // Hugging Face
  hub: 'From Hugging Face',
  hubAbout: 'Only Hugging Face is contacted, and only when you click. The files are read in your browser.',
  hubName: 'Another data set of images, by its name',
  hubExample: 'owner/name',
  hubUnnamed: 'data set: “{text}” is not a name; give an owner and a name, as in uoft-cs/cifar10.',
  search: 'Search',
  searching: 'Looking at what is there…',

  // A table of images and labels
  version: 'Version',
  trainOn: 'Train on',
  ownShare: 'a share of these',
  imagesIn: 'Images in',
  labelsIn: 'Classes in',
  named: '{name} ({count, number})',
  namedClasses: '{name} ({classes, plural, one {# class} other {# classes}})',
  images: 'Images',
  all: 'all {rows, number}',
  allAbout: 'all, about {rows, number}',
  readTrain: '{count, number} of {rows, number} images for training.',
  readBoth:
    '{count, number} of {rows, number} images for training, and {tested, number} of {testRows, number} for testing.',
  spread: 'They come from all over the set.',
  toDownload: 'About {size} to download.',
  isHere: '{images, plural, one {# is} other {# are}} here already and will not be downloaded again.',
  isRead: '{images, plural, one {# has} other {# have}} been read already.',
  partial: 'Hugging Face offers only the first part of this set as a table.',
  download: 'Download these images',
  read: 'Read these images',
  otherData: 'Other data',

  // What was found
  found: '{kind}: {train, number} images for training, {test, number} for testing. {size} in this browser.',
  folders: 'Folders',
  whichSet: 'Data set in these files',
  setFolders: '{name} (folders)',
  setKind: '{name} ({kind})',
  classLevel: 'Classes are',
  classLevelHint: 'Which level of folders names the classes',
  level: '{names} ({folders, plural, one {# folder} other {# folders}})',
  levelMore: '{names} … ({folders, plural, one {# folder} other {# folders}})',
  shared:
    '{shared, number} of {test, number} test {test, plural, one {image} other {images}} {shared, plural, one {is} other {are}} also among the training images, pixel for pixel: a net may have memorised {shared, plural, one {it} other {them}}, and the test error is then lower than on new images.',
  sharedOther:
    '{shared, number} of {test, number} test {test, plural, one {image} other {images}} {shared, plural, one {is} other {are}} also among the training images, pixel for pixel, {other, number} of them in another class: a net may have memorised {shared, plural, one {it} other {them}}, and the test error is then lower than on new images.',
  leaveOut: 'Leave them out of the training images',
  leaveOutHint: 'The test images stay as they are, so that the error can be compared with that of other nets on them',
  repeatedTrain:
    '{train, number} of the training images {train, plural, one {repeats} other {repeat}} another one pixel for pixel.',
  repeatedTest:
    '{test, number} of the test images {test, plural, one {repeats} other {repeat}} another one pixel for pixel.',
  repeatedBoth:
    '{train, number} of the training images and {test, number} of the test images repeat another one pixel for pixel.',
  noisy:
    'This browser adds noise to the pixels of images (a protection against fingerprinting), so the nets would train on slightly altered images. PNGs are not affected; for other formats, allow this page to read canvases, or use another browser.',
  imageSize: 'Image size',
  imageSizeHint: 'Pixels per side that images are resized to; nets can be given smaller ones',
  sizeLimit: 'At a larger size, these images would take more than {size}.',
  sizeSame:
    'At {size}×{size}, the nets of this race take as many multiply-adds as now, and at most about {memory} of memory.',
  sizeCost:
    'At {size}×{size}, the nets of this race take {times} times as many multiply-adds as now, and at most about {memory} of memory.',
  sizeSameTimed:
    'At {size}×{size}, the nets of this race take as many multiply-adds as now, up to {after} per step (now {before}), and at most about {memory} of memory.',
  sizeCostTimed:
    'At {size}×{size}, the nets of this race take {times} times as many multiply-adds as now, up to {after} per step (now {before}), and at most about {memory} of memory.',
  seconds: '{seconds} s',
  name: 'Name',
  classes: '{classes, plural, one {# class} other {# classes}}',
  class: 'Class',
  train: 'Train',
  test: 'Test',
  single: 'only one image: used for training, never for testing',
  skipped: '{files, plural, one {One file or row is} other {# files or rows are}} left out',
  skippedMore: 'and {more, number} more',
  use: 'Use these images',
  otherFiles: 'Other files',
  changeSelection: 'Change selection',

  // Saved sets
  saved: 'Saved in this browser',
  savedFacts:
    '{classes, plural, one {# class} other {# classes}}, {images, plural, one {# image} other {# images}}, {size}',
  savedForNow:
    '{classes, plural, one {# class} other {# classes}}, {images, plural, one {# image} other {# images}}, {size}, until the tab is closed',
  useSet: 'Use {name}',
  deleteSet: 'Delete {name} from this browser',
  inUse: 'in use',
} as const;
