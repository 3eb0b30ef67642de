import { say } from '../../language/say.ts';

/** What a class of a net is called. */
export type ClassName = (label: number) => string;

/** Number and all, where the names are not there yet. */
export const UNNAMED: ClassName = (label) => say('zoo.classNumber', { label });

/** The names of a class of ImageNet, which its list separates by commas: "tench, Tinca tinca". */
export function namesIn(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/**
 * Calls each class by the first of its names; where that is another's first name, too, by all of them; and where those are
 * another's as well, by its number besides: ImageNet has two maillots and two cranes.
 */
export function distinctNames(classes: readonly (readonly string[])[]): ClassName {
  const firstOf = ([name]: readonly string[]) => name ?? null;
  const allOf = (names: readonly string[]) => (names.length === 0 ? null : names.join(', '));
  const [isOnlyFirst, areOnlyAll] = [onlyOnce(classes.map(firstOf)), onlyOnce(classes.map(allOf))];
  return (label) => {
    const names = classes[label] ?? [];
    const [first, all] = [firstOf(names), allOf(names)];
    if (first === null || all === null) return UNNAMED(label);
    if (isOnlyFirst(first)) return first;
    return areOnlyAll(all) ? all : say('zoo.numberedClass', { name: all, label });
  };
}

/** Whether one class alone is called so, in any case: a "Cardigan" is a dog, and a "cardigan" is not. */
function onlyOnce(names: readonly (string | null)[]): (name: string) => boolean {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (name !== null) counts.set(name.toLowerCase(), 1 + (counts.get(name.toLowerCase()) ?? 0));
  }
  return (name) => counts.get(name.toLowerCase()) === 1;
}
