/**
 * The system calls that programs in our containers may make, by purpose. The list is our own: what Node, npm, a C compiler,
 * PostgreSQL and Redis need. All else is refused: namespaces and mounts, kernel keys, bpf, tracing, performance counters,
 * kernel modules, asynchronous I/O with its quota for the whole host, file handles, and 32-bit calls.
 */
export interface CallRule {
  readonly purpose: string;
  readonly names: string;
  /** All must hold; absent: whatever the arguments. */
  readonly when?: readonly Condition[];
}

/** Argument `index`, with the bits of `mask` alone where one is given, equals `value`. */
export interface Condition {
  readonly index: number;
  readonly value: number;
  readonly mask?: number;
}

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET together. */
const NEW_NAMESPACES = 0x7e02_0000;

const family = (name: string, number: number): CallRule => ({
  purpose: `sockets of the family ${name}`,
  names: 'socket',
  when: [{ index: 0, value: number }],
});

export const ALLOWED: readonly CallRule[] = [
  {
    purpose: 'open, read and write files and pipes',
    names: `open openat openat2 creat close close_range read readv pread64 preadv preadv2 write writev pwrite64 pwritev
      pwritev2 lseek sendfile copy_file_range splice tee pipe pipe2 dup dup2 dup3 fcntl flock ioctl fsync fdatasync syncfs
      sync_file_range truncate ftruncate fallocate fadvise64 readahead`,
  },
  {
    purpose: 'the tree of files: names, attributes, owners, watches',
    names: `stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 getdents getdents64 getcwd chdir
      fchdir mkdir mkdirat rmdir mknod mknodat link linkat symlink symlinkat unlink unlinkat rename renameat renameat2
      readlink readlinkat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes utimensat
      futimesat getxattr lgetxattr fgetxattr setxattr lsetxattr fsetxattr listxattr llistxattr flistxattr removexattr
      lremovexattr fremovexattr inotify_init inotify_init1 inotify_add_watch inotify_rm_watch`,
  },
  {
    purpose: 'wait for events',
    names: `poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
      eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime`,
  },
  {
    purpose: 'use sockets, once made; which may be made stands below',
    names: `bind listen accept accept4 connect shutdown getsockname getpeername getsockopt setsockopt sendto sendmsg
      sendmmsg recvfrom recvmsg recvmmsg`,
  },
  family('AF_UNIX', 1),
  family('AF_INET', 2),
  family('AF_INET6', 10),
  { purpose: 'pairs of local sockets', names: 'socketpair', when: [{ index: 0, value: 1 }] },
  {
    purpose: 'list one’s network interfaces: AF_NETLINK with NETLINK_ROUTE',
    names: 'socket',
    when: [
      { index: 0, value: 16 },
      { index: 2, value: 0 },
    ],
  },
  {
    purpose: 'memory',
    names: `brk mmap munmap mremap mprotect madvise mincore msync mlock mlock2 mlockall munlock munlockall mseal membarrier
      memfd_create pkey_alloc pkey_free pkey_mprotect map_shadow_stack`,
  },
  {
    purpose: 'System V shared memory and semaphores, private to the container: PostgreSQL uses them',
    names: 'shmget shmat shmdt shmctl semget semop semtimedop semctl',
  },
  {
    purpose: 'processes and threads',
    names: `fork vfork execve execveat exit exit_group wait4 waitid arch_prctl prctl set_tid_address set_robust_list
      get_robust_list rseq getpid getppid gettid getpgid getpgrp setpgid getsid setsid pidfd_open pidfd_send_signal
      process_mrelease seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self`,
  },
  {
    purpose: 'new processes and threads that ask for no namespace of their own',
    names: 'clone',
    when: [{ index: 0, value: 0, mask: NEW_NAMESPACES }],
  },
  { purpose: 'the default execution domain', names: 'personality', when: [{ index: 0, value: 0 }] },
  { purpose: 'which execution domain it is', names: 'personality', when: [{ index: 0, value: 0xffff_ffff }] },
  {
    purpose: 'signals and timers',
    names: `kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigqueueinfo
      rt_tgsigqueueinfo rt_sigreturn sigaltstack restart_syscall pause alarm getitimer setitimer timer_create timer_settime
      timer_gettime timer_getoverrun timer_delete nanosleep clock_nanosleep`,
  },
  {
    purpose: 'locks between threads, and the scheduling of one’s own processes',
    names: `futex futex_waitv futex_wait futex_wake futex_requeue sched_yield sched_getaffinity sched_setaffinity
      sched_getparam sched_setparam sched_getscheduler sched_setscheduler sched_getattr sched_setattr
      sched_get_priority_max sched_get_priority_min sched_rr_get_interval getpriority setpriority ioprio_get ioprio_set
      getcpu`,
  },
  {
    purpose: 'users, groups and limits: without capabilities one can only give up what one has',
    names: `getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid setregid setresuid setresgid
      setgroups setfsuid setfsgid capget capset getrlimit setrlimit prlimit64 getrusage`,
  },
  {
    purpose: 'clocks, random numbers, the name of the system',
    names: 'time times gettimeofday clock_gettime clock_getres getrandom uname sysinfo',
  },
];

/**
 * Said to be absent (ENOSYS) rather than forbidden, so that programs take their older way: clone3 hides its flags from a filter,
 * io_uring passes by it, and the others have served attacks on kernels.
 */
export const ABSENT =
  'clone3 io_uring_setup io_uring_enter io_uring_register userfaultfd memfd_secret vmsplice';
