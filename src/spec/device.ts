export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** `auto` takes the first that works of WebGPU on a real adapter, wasm, and plain JavaScript. */
export type BackendChoice = BackendName | 'auto';

/** What the nets train on. */
export interface DeviceInfo {
  readonly backend: BackendName;
  /** "Apple M3", "SwiftShader", "2 threads". */
  readonly adapter: string;
  /** Bytes that one lane's training may take. */
  readonly memoryLimit: number;
  /** Bytes that one tensor may have. */
  readonly tensorLimit: number;
  /** Kernels of ours that gave a wrong answer here, for which slower ones of tfjs serve. */
  readonly fallbacks: readonly string[];
  /** The backends that were tried before this one, each with the reason why it was not taken. */
  readonly passedOver: readonly { readonly backend: BackendName; readonly reason: string }[];
}
