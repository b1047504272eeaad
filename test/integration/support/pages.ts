import { expect } from '@jest/globals';
import type { Visitor } from './visitor.js';

/** The text of a page that is there. */
export async function read(browser: Visitor, path: string): Promise<string> {
  const answer = await browser.get(path);
  const text = await answer.text();
  expect([answer.status, path, text]).toEqual([200, path, expect.any(String)]);
  return text;
}

/** Sends a form that is taken, and gives where it leads. */
export async function sent(
  browser: Visitor,
  page: string,
  action: string,
  fields: Record<string, string>,
): Promise<string> {
  const answer = await browser.send(page, action, fields);
  expect([answer.status, action, await answer.clone().text()]).toEqual([303, action, expect.any(String)]);
  return answer.headers.get('location') ?? '';
}
