/** Bounds of numbers as text: `7`, `>0`, `>=90`, `<5`, `<=20`, `10..30` (both ends included). */

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const FORM = new RegExp(`^(>=|<=|>|<)?(${NUMBER})(?:\\.\\.(${NUMBER}))?$`);

export function isMeasure(text: string): boolean {
  const [, operator, , to] = FORM.exec(text) ?? [null];
  return FORM.test(text) && !(operator !== undefined && to !== undefined);
}

/** Whether the value is within. Null, the unmeasured, never is. */
export function within(text: string, value: number | null): boolean {
  const [, operator, first, to] = FORM.exec(text) ?? [];
  if (first === undefined) throw new Error(`"${text}" is not a measure`);
  if (value === null) return false;
  const bound = Number(first);
  if (to !== undefined) return value >= bound && value <= Number(to);
  switch (operator) {
    case '>=':
      return value >= bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '<':
      return value < bound;
    default:
      return value === bound;
  }
}
