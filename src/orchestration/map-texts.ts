/** A copy of plain JSON data with every text in it changed; the names of its fields stay. */
export function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  // The copy has the form of the original, which the compiler cannot follow through the recursion.
  return mapAny(value, change) as Value;
}

function mapAny(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapAny(item, change));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapAny(item, change)]));
  }
  return value;
}
