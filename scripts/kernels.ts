import { writeFileSync } from 'node:fs';
import { compileKernels, KERNELS_FILE } from './kernels/compile.ts';
import { jobLayouts, LAYOUTS_FILE } from './kernels/job-layouts.ts';

// Compiles the wasm kernels, and describes their jobs, in the files that the engine imports.
writeFileSync(KERNELS_FILE, await compileKernels());
writeFileSync(LAYOUTS_FILE, jobLayouts());
