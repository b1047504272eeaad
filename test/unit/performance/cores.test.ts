import { expect, test } from '@jest/globals';
import { seededRandom } from '../../../assessments/kit/index.js';
import { measureCores } from '../../../runners/performance/measure/cores.js';
import { Course, type Sides } from '../../../runners/performance/measure/course.js';

test('where the last moment has passed before the first pair, nothing is measured', async () => {
  const course = new Course({} as Sides, 4, seededRandom('cores'));
  expect(await measureCores(course, { isOver: () => true })).toEqual({ busy: null, pairs: [] });
});
