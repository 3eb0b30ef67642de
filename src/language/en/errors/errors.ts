/** What goes wrong: what it is about, what is wrong with it, and what to do. Said by workers, too. */
export const errors = {
  /** What is said as a whole, where nothing follows. */
  sentence: '{sentence}.',
  list: '{first}, {rest}',
  'list.more': '{list} and {more} more',
  // Data: data.ts has what is said in these
  data: '{what}: {problem}; {remedy}',
  download: 'download: {what}: {problem}; try again, or fetch the file yourself and choose it',
  // Devices
  device: 'backend {backend}: {reason}; {remedy}',
  'device.chooseAnother': 'choose another backend, or “Choose for me” (auto)',
  'device.currentBrowser': 'use a current browser',
  'device.smaller': 'press Reset, with smaller nets or batches',
  'device.lost': 'backend {backend}: the device was lost ({reason}); press Reset',
  'device.netLost': 'net: its device was lost ({reason}); load it again',
  'device.noReason': 'the browser does not say why',
  'device.lostOften': 'its device was lost {count, number} times within a minute',
  'device.notStarted': 'tfjs could not start it',
  'device.late': 'it did not start within {seconds, number} s',
  'device.another': 'tfjs started another backend',
  'device.noWasm': 'this browser has no WebAssembly',
  'device.noSimd': 'this browser has no WebAssembly SIMD',
  'device.noWebgpu': 'this browser has no WebGPU',
  'device.noAdapter': 'the browser offers no graphics adapter',
  'device.software': '{adapter} computes in software, slower than WebAssembly',
  // Memory
  'memory.training':
    'net {name}: training it takes {needed, number} MB, and {backend} here has {limit, number} MB; choose a smaller net, batch or image size',
  'memory.running':
    'net {name}: running it takes {needed, number} MB, and {backend} here has {limit, number} MB; choose a smaller net',
  'memory.tensor':
    'net {name}: its largest tensor takes {needed, number} MB, and {backend} here allows {limit, number} MB; {remedy}',
  'memory.packed':
    'net {name}: its weights, or their gradients, take one buffer of {needed, number} MB, and {backend} here allows {limit, number} MB; {remedy}',
  'memory.heap': 'heap: no room for {bytes, number} bytes; choose a smaller net, batch or image size',
  'memory.smaller': 'choose a smaller net, batch or image size',
  'memory.smallerNet': 'choose a smaller net',
  // A race
  longestRace: 'race: no race has more than {steps, number} steps; press Reset, or choose another experiment',
  // The page's own files
  late: 'page: a part of it did not arrive; check the connection and try again, or reload the page',
  // Branching
  'branch.diverged': 'net {name}: it diverged in step {step}; rewind it first',
  'branch.optionC': 'net {name}: with option C no shortcut is an identity; choose A or B',
  'branch.fixedDepth': 'net {name}: the depths of its design are fixed',
  'branch.slope':
    'net {name}: the ReLU at the end of a new block would multiply what is below zero by its slope once more; choose pre-activation',
  'branch.drop': 'net {name}: with more blocks every branch would be left out at a different rate',
  'branch.order': 'net {name}: a new block of its kind could not begin as the identity',
  'branch.rep': 'net {name}: it has no RepVGG branches that could be folded',
  'branch.depth': 'net {name}: {problem}',
  'branch.untrained': 'net {name}: it has made no step; train it first',
  'branch.sameStep': 'net {name}: it was grown or folded at step {step} already; train one step first',
  // Workers
  'worker.ended': '{subject}: it ended unexpectedly{given, select, yes { ({reason})} other {}}; {advice}',
  'worker.endedOften':
    'training worker: it ended {times} times within a minute; choose smaller nets, a smaller batch or another device, and press Reset',
  'worker.library': 'library',
  'worker.loadAgain': 'load it again',
  'worker.net': 'net',
  'worker.oneEnded': 'one of its workers ended',
  'worker.silent': 'it does not answer',
  'worker.training': 'training worker',
  'worker.tryAgain': 'try again',
  'worker.unloadable':
    '{subject}: it could not be loaded{given, select, yes { ({reason})} other {}}; check the connection and reload the page',
  'worker.unreadable': 'a message from it could not be read',
  'worker.unreadableCall': 'a message from the page could not be read',
  'worker.wounded': '{subject}: it ended because of an error{given, select, yes { ({reason})} other {}}; {advice}',
  // What is asked for and is not there
  'none.data': 'data set: it is no longer here; give its files again',
  'none.image': 'image: there is none; choose one first',
  'none.kept': 'net: the weights of {net} are not in this browser any more; they would have to be downloaded',
  'none.net': 'net: none is loaded; choose a file of weights',
  'none.photos': 'photographs: none are open; choose their files again',
  'none.race': 'race: none is open; press Reset or choose an experiment',
  'none.slowMotion': 'slow motion: no net can train; rewind one or press Reset',
  'none.table': 'data set: it was not looked up; search for it again',
  'none.weights': 'net: Hugging Face has no file of {net}; choose one',
  'image.noCanvas': 'image: this browser cannot draw in a worker; try a newer one',
  'paths.uncountable':
    'net {name}: its {shortcuts, number} shortcuts make more paths than can be counted; choose a net with {most, number} at most',
  'landscape.flat':
    'path: {checkpoints, plural, one {# checkpoint spans} other {# checkpoints span}} no plane; train some more steps',
  // The browser's storage
  storage: 'storage: {what} cannot be kept ({reason}); {follows}',
  'storage.notDeleted': 'storage: {what} cannot be deleted ({reason}); try again later',
  'storage.dataset': 'data set {name}',
  'storage.race': 'the race',
  'storage.run': 'the run',
  'storage.weights': 'weights of {repository}',
  'storage.noFiles': 'this browser gives pages no files to write to',
  'storage.noVersion': 'their server does not say which version they are',
  'storage.beingFetched': 'another part of this page or another tab is fetching them',
  'storage.full': 'the browser has no more room for this page',
  'storage.untilTabCloses': 'it lasts until the tab is closed',
  'storage.untilReleased': 'they last until the net is unloaded',
} as const;
