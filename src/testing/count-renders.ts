import { Component, type ElementType, memo, type ReactNode } from 'react';

/** How often each component rendered since this was cleared, by the name of its function. */
export const renders = new Map<string, number>();

type Render = (props: object) => ReactNode;

interface Memo {
  readonly type: Render;
  readonly compare: ((before: object, now: object) => boolean) | null;
}

const known = new WeakMap<object, ElementType>();

/**
 * A component that renders the same and counts it; the same one for the same type. React's Profiler tells the commits of a
 * subtree, but not which components rendered for them. Classes, and what is no component of its own, are not counted.
 */
export function counted(type: ElementType): ElementType {
  if (!isRender(type) && !isMemo(type)) return type;
  const counting = known.get(type) ?? (isMemo(type) ? memo(count(type.type), type.compare ?? undefined) : count(type));
  known.set(type, counting);
  return counting;
}

function count(render: Render): Render {
  return function Counted(props) {
    renders.set(render.name, (renders.get(render.name) ?? 0) + 1);
    return render(props);
  };
}

function isRender(type: unknown): type is Render {
  return typeof type === 'function' && !(type.prototype instanceof Component);
}

function isMemo(type: unknown): type is Memo {
  return typeof type === 'object' && type !== null && 'type' in type && isRender(type.type) && 'compare' in type;
}
