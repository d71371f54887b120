/** The words of a name in lower case: of `customerEMail`, `customer_e-mail` and `CUSTOMER_E_MAIL` they are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether the words of one name stand one after another in those of another. */
export function hasWords(words: readonly string[], sought: string): boolean {
  return ` ${words.join(' ')} `.includes(` ${sought} `);
}
