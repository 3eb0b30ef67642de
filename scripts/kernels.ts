import { writeFileSync } from 'node:fs';
import { compileKernels, compileTiles, KERNELS_FILE, TILES_FILE } from './kernels/compile.ts';
import { jobLayouts, LAYOUTS_FILE } from './kernels/job-layouts.ts';

// Compiles what is written in AssemblyScript, and describes the kernels' jobs, in the files that import them.
writeFileSync(KERNELS_FILE, await compileKernels());
writeFileSync(TILES_FILE, await compileTiles());
writeFileSync(LAYOUTS_FILE, jobLayouts());
