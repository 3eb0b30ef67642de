/** Threads that a workgroup has at most: what every WebGPU device allows. */
export const THREADS = 256;

/** Parts at most that a sum over all pixels is cut into. Every workgroup that needs the sum adds all of them up. */
export const MOST_PARTS = 256;

/** Pixels that a thread should have at least, before a sum is cut into more parts. */
export const PIXELS_PER_THREAD = 4;

/** Threads that are enough to fill a GPU with the gradient of a filter. */
export const FILTER_GRADIENT_THREADS = 2 ** 14;

/** Dispatches that are recorded before the device is given them, so that it begins while the rest is recorded. */
export const DISPATCHES_PER_SUBMIT = 32;
