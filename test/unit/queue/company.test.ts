import { expect, test } from '@jest/globals';
import { openCompany } from '../../../harness/queue/company.js';

/** Work that ends when told to, and notes when it began. */
function gates(names: string[]) {
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      open.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => open.get(name)?.(), names };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('ordinary runs go side by side', async () => {
  const { begun, work } = gates([]);
  const company = openCompany();
  void company.enter(false, work('a'));
  void company.enter(false, work('b'));
  await settle();
  expect(begun).toEqual(['a', 'b']);
});

test('one that must be alone waits for those before it, and those after it wait for it', async () => {
  const { begun, work, end } = gates([]);
  const company = openCompany();
  void company.enter(false, work('a'));
  void company.enter(true, work('alone'));
  void company.enter(false, work('b'));
  void company.enter(true, work('alone too'));
  await settle();
  expect(begun).toEqual(['a']);
  end('a');
  await settle();
  expect(begun).toEqual(['a', 'alone']);
  end('alone');
  await settle();
  expect(begun).toEqual(['a', 'alone', 'b']);
  end('b');
  await settle();
  expect(begun).toEqual(['a', 'alone', 'b', 'alone too']);
});

test('work that fails holds nobody up, and its fault reaches the caller', async () => {
  const company = openCompany();
  const failing = company.enter(true, () => Promise.reject(new Error('no')));
  const next = company.enter(false, async () => 'next');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('next');
});
