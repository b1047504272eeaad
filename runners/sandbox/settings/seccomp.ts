import { ABSENT, ALLOWED, type CallRule, type Condition } from './syscalls.js';

const EPERM = 1;
const ENOSYS = 38;

const words = (text: string): string[] => text.trim().split(/\s+/);

const comparison = ({ index, value, mask }: Condition) =>
  mask === undefined
    ? { index, value, op: 'SCMP_CMP_EQ' }
    : { index, value: mask, valueTwo: value, op: 'SCMP_CMP_MASKED_EQ' };

const allow = ({ purpose, names, when }: CallRule) => ({
  comment: purpose,
  action: 'SCMP_ACT_ALLOW',
  names: words(names),
  ...(when ? { args: when.map(comparison) } : {}),
});

/** No architecture below the two: 32-bit programs are killed at their first call. */
const PROFILE = JSON.stringify({
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: EPERM,
  archMap: [
    { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] },
    { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] },
  ],
  syscalls: [
    ...ALLOWED.map(allow),
    { comment: 'absent', action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS, names: words(ABSENT) },
  ],
});

/** The filter of system calls, as the engine takes it. */
export const seccompProfile = (): string => PROFILE;
