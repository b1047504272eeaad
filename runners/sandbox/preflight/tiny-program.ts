/** One call, as the x86-64 kernel takes it: number and up to six arguments. */
export interface SystemCall {
  readonly number: number;
  readonly args?: readonly number[];
  /** By way of the 32-bit entrance of old programs. */
  readonly compat?: boolean;
}

const LOAD_AT = 0x40_0000;
const HEADERS = 64 + 56;

/** `mov` of 64 bits into rdi, rsi, rdx, r10, r8 and r9, the order of arguments. */
const MOV_ARGUMENT = [
  [0x48, 0xbf],
  [0x48, 0xbe],
  [0x48, 0xba],
  [0x49, 0xba],
  [0x49, 0xb8],
  [0x49, 0xb9],
] as const;
const MOV_RAX = [0x48, 0xb8] as const;
const SYSCALL = [0x0f, 0x05];
const INT_80 = [0xcd, 0x80];
/** edi = eax < 0 ? -eax : 0; exit(edi) */
const EXIT_WITH_ERRNO = [
  ...[0x89, 0xc7, 0xf7, 0xdf, 0x31, 0xc9, 0x85, 0xc0, 0x0f, 0x49, 0xf9],
  ...[0xb8, 0x3c, 0x00, 0x00, 0x00],
  ...SYSCALL,
];

/**
 * The smallest Linux program (ELF, x86-64) that makes one system call and exits with its error number, 0 when the call was
 * let through. It is how a system call is tried where there is no compiler.
 */
export function tinyProgram({ number, args = [], compat = false }: SystemCall): Buffer {
  const code = Buffer.concat([
    ...args.map((value, index) => mov(MOV_ARGUMENT[index]!, value)),
    mov(MOV_RAX, number),
    Buffer.from([...(compat ? INT_80 : SYSCALL), ...EXIT_WITH_ERRNO]),
  ]);
  return Buffer.concat([fileHeader(), segmentHeader(HEADERS + code.length), code]);
}

function mov(opcode: readonly number[], value: number): Buffer {
  const instruction = Buffer.alloc(10);
  Buffer.from(opcode).copy(instruction);
  instruction.writeBigInt64LE(BigInt(value), 2);
  return instruction;
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(64);
  // 64 bits, little endian, version 1; an executable for x86-64.
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(header);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(LOAD_AT + HEADERS), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  return header;
}

/** The whole file, to be loaded, read and executed. */
function segmentHeader(bytes: number): Buffer {
  const header = Buffer.alloc(56);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(5, 4);
  header.writeBigUInt64LE(BigInt(LOAD_AT), 16);
  header.writeBigUInt64LE(BigInt(LOAD_AT), 24);
  header.writeBigUInt64LE(BigInt(bytes), 32);
  header.writeBigUInt64LE(BigInt(bytes), 40);
  header.writeBigUInt64LE(4096n, 48);
  return header;
}
