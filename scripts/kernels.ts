import { writeFileSync } from 'node:fs';
import { compileKernels, KERNELS_FILE } from './kernels/compile.ts';

// Compiles the wasm kernels into the file that the engine imports.
writeFileSync(KERNELS_FILE, await compileKernels());
