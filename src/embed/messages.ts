/**
 * The messages between the widget in its frame and the page that shows it, by `postMessage`. docs/embedding.md describes
 * them; the element of embed.js passes them on as events and by its method `set`.
 */
import * as v from 'valibot';
import { LANGUAGES } from '../language/languages.ts';

/** The mean training error of a net over the last 30 steps, in percent; null before the first step. */
export interface NetProgress {
  readonly name: string;
  readonly trainingError: number | null;
}

/** What the widget tells the page around it. */
export type WidgetMessage =
  /** It is drawn, and hears what it is told. */
  | { readonly type: 'ready' }
  /** A step was made, or training started or stopped; at most four times a second. */
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly until: number;
      readonly training: boolean;
      readonly nets: readonly NetProgress[];
    }
  /** The height that its content asks for, in CSS pixels. */
  | { readonly type: 'resize'; readonly height: number };

const hostMessageSchema = v.object({
  type: v.literal('set'),
  theme: v.optional(v.picklist(['light', 'dark', 'system'])),
  lang: v.optional(v.picklist(LANGUAGES)),
  /** Starts training, which loads the engine and the images, or pauses it. */
  training: v.optional(v.boolean()),
});

/** What the page around the widget tells it: only the fields that are there are changed. */
export type HostMessage = v.InferOutput<typeof hostMessageSchema>;

/** A message of the page around the widget, or null for any other, such as those of browser extensions. */
export function parseHostMessage(data: unknown): HostMessage | null {
  const result = v.safeParse(hostMessageSchema, data);
  return result.success ? result.output : null;
}
