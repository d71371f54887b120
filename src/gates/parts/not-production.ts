/** Code that never runs for a customer: what it prints or reads concerns nobody. */
export const NOT_PRODUCTION = [
  '**/*.{test,spec}.*',
  '**/{test,tests,__tests__,spec,fixtures,examples,docs,scripts,bench,benchmarks}/**',
  '**/{test_*,conftest}.py',
  '**/*_test.{py,go}',
  '**/*.d.ts',
  '**/*.config.*',
];
