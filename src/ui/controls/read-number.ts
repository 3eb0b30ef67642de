/** Digits of other scripts that keyboards type, by their zero. */
const ZEROS = ['٠', '۰', '०'];

/** What separates thousands and is no decimal mark: spaces of any width and apostrophes. */
const GROUPING = /^(\d{1,3})((?:[\s'’]\d{3})+)(?=$|[.,])/;

/**
 * The numbers that a text may mean: none where it is no number, and two where a mark before three digits may separate
 * thousands or decimals ("64,000"). The decimal mark is a point or a comma, in any width; thousands may be separated.
 */
export function readNumbers(text: string): readonly number[] {
  const typed = narrow(text.trim()).replace(/^[+]/, '').replace(/^−/, '-');
  const [, sign = '', digits = '', exponent = ''] = /^(-?)(.*?)(e[+-]?\d+)?$/i.exec(typed) ?? [];
  return mantissas(digits).map((mantissa) => Number(`${sign}${mantissa}${exponent}`));
}

/** Full-width forms and digits of other scripts as ASCII; superscripts stay what they are. */
function narrow(text: string): string {
  return [...text]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
      if (sign === '。' || sign === '｡' || sign === '٫') return '.';
      const zero = ZEROS.map((each) => code - (each.codePointAt(0) ?? 0)).find((digit) => digit >= 0 && digit <= 9);
      return zero === undefined ? sign : String(zero);
    })
    .join('');
}

/** What digits and marks without a sign may mean, as JavaScript writes it. */
function mantissas(text: string): readonly string[] {
  const grouped = GROUPING.exec(text);
  const digits = grouped === null ? text : text.replace(GROUPING, (whole) => whole.replace(/\D/g, ''));
  if (/^(\d+[.,]?\d*|[.,]\d+)$/.test(digits)) {
    const decimal = digits.replace(',', '.');
    // Zero has no thousands, and a number whose thousands are told apart otherwise has its decimals behind the mark.
    const isThousands = grouped === null && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
    return isThousands ? [decimal, digits.replace(/[.,]/, '')] : [decimal];
  }
  // With both marks, or one that comes twice, the last kind that comes once is the decimal mark.
  for (const [thousands, decimal] of [
    [',', '.'],
    ['.', ','],
  ] as const) {
    const pattern = new RegExp(`^[1-9]\\d{0,2}(\\${thousands}\\d{3})+(\\${decimal}\\d*)?$`);
    if (grouped === null && pattern.test(digits)) return [digits.replaceAll(thousands, '').replace(decimal, '.')];
  }
  return [];
}

/** The numbers that a field takes. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Those of some numbers that are within a range. */
export function numbersWithin(numbers: readonly number[], { min, max, whole }: NumberRange): readonly number[] {
  return numbers.filter((value) => value >= min && value <= max && (!whole || Number.isInteger(value)));
}
