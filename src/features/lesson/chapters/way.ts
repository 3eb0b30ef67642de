/** A difference as its sentence says it: how large it is, and in a word which way it goes. A minus sign would say it twice. */
export function wayOf(here: number): { readonly here: number; readonly way: 'less' | 'more' } {
  return { here: Math.abs(here), way: here < 0 ? 'less' : 'more' };
}
