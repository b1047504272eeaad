'use strict';

/** A program for x86-64 Linux that makes one system call and exits with its errno, or 0 if it succeeded. */
exports.elf = (number, args) => {
  const HEAD = 0x78;
  const BASE = 0x400000n;
  const REGISTERS = [[0x48, 0xbf], [0x48, 0xbe], [0x48, 0xba], [0x49, 0xba], [0x49, 0xb8], [0x49, 0xb9]];
  const length = args.length * 10 + 25;
  const data = [];
  let end = BASE + BigInt(HEAD + length);
  const place = (bytes) => {
    const at = end;
    data.push(bytes);
    end += BigInt(bytes.length);
    return at;
  };
  const value = (arg) => (Buffer.isBuffer(arg) ? place(arg) : typeof arg === 'string' ? place(Buffer.from(`${arg}\0`)) : BigInt(arg));
  const code = args.flatMap((arg, index) => {
    const immediate = Buffer.alloc(8);
    immediate.writeBigInt64LE(value(arg));
    return [...REGISTERS[index], ...immediate];
  });
  const nr = Buffer.alloc(4);
  nr.writeUInt32LE(number);
  // mov eax,nr; syscall; test rax,rax; js +2; xor eax,eax; neg eax; mov edi,eax; mov eax,60; syscall
  code.push(0xb8, ...nr, 0x0f, 0x05, 0x48, 0x85, 0xc0, 0x78, 0x02, 0x31, 0xc0, 0xf7, 0xd8, 0x89, 0xc7, 0xb8, 60, 0, 0, 0, 0x0f, 0x05);
  const body = Buffer.concat([Buffer.from(code), ...data]);

  const head = Buffer.alloc(HEAD);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(head);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(62, 18);
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(BASE + BigInt(HEAD), 24);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(64, 52);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(1, 64);
  head.writeUInt32LE(7, 68);
  head.writeBigUInt64LE(BASE, 80);
  head.writeBigUInt64LE(BASE, 88);
  head.writeBigUInt64LE(BigInt(HEAD + body.length), 96);
  head.writeBigUInt64LE(BigInt(HEAD + body.length), 104);
  head.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([head, body]);
};
