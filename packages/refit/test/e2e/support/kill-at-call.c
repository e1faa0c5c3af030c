// Preloaded into a command and all of its children, this library counts the calls that change files, over all of these
// processes together, and at the n-th one kills them with SIGKILL, as a machine out of memory or a cancelled job would.
//
// cc -shared -fPIC -O1 -o kill-at-call.so kill-at-call.c -ldl
//
// KILL_COUNTER  a file of 8 zero bytes that all processes share; its number is how many calls there were.
// KILL_AT       which call is the last one, counted from 1; 0: none, only count.
// KILL_HOW      "group": all processes, before the call. "torn": so too, after the first half of what is written.
//               "one": only the process that makes the call, before it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static volatile uint64_t *counter;
static uint64_t last;
static int torn, one;

#define REAL(result, name, ...)                                    \
  static result (*real)(__VA_ARGS__);                              \
  if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("KILL_COUNTER"), *at = getenv("KILL_AT"), *how = getenv("KILL_HOW");
  if (file == NULL || at == NULL) return;
  REAL(int, "open", const char *, int, ...);
  int descriptor = real(file, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return;
  void *shared = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  close(descriptor);
  if (shared == MAP_FAILED) return;
  last = strtoull(at, NULL, 10);
  torn = how != NULL && strcmp(how, "torn") == 0;
  one = how != NULL && strcmp(how, "one") == 0;
  counter = shared;
}

static int is_last(void) {
  return counter != NULL && __sync_add_and_fetch(counter, 1) == last;
}

static void die(void) {
  kill(one ? getpid() : 0, SIGKILL);
  for (;;) pause();
}

static void call(void) {
  if (is_last()) die();
}

static int is_file(int descriptor) {
  struct stat what;
  return fstat(descriptor, &what) == 0 && S_ISREG(what.st_mode);
}

#define WRAPPED(name, parameters, types, arguments) \
  int name parameters {                             \
    REAL(int, #name, types);                        \
    call();                                         \
    return real arguments;                          \
  }
#define LIST(...) __VA_ARGS__

WRAPPED(rename, (const char *a, const char *b), LIST(const char *, const char *), (a, b))
WRAPPED(renameat, (int i, const char *a, int j, const char *b), LIST(int, const char *, int, const char *), (i, a, j, b))
WRAPPED(link, (const char *a, const char *b), LIST(const char *, const char *), (a, b))
WRAPPED(symlink, (const char *a, const char *b), LIST(const char *, const char *), (a, b))
WRAPPED(unlink, (const char *a), LIST(const char *), (a))
WRAPPED(unlinkat, (int i, const char *a, int flags), LIST(int, const char *, int), (i, a, flags))
WRAPPED(rmdir, (const char *a), LIST(const char *), (a))
WRAPPED(mkdir, (const char *a, mode_t mode), LIST(const char *, mode_t), (a, mode))
WRAPPED(fsync, (int i), LIST(int), (i))
WRAPPED(fdatasync, (int i), LIST(int), (i))
WRAPPED(ftruncate, (int i, off_t length), LIST(int, off_t), (i, length))
WRAPPED(ftruncate64, (int i, off64_t length), LIST(int, off64_t), (i, length))
WRAPPED(chmod, (const char *a, mode_t mode), LIST(const char *, mode_t), (a, mode))
WRAPPED(fchmod, (int i, mode_t mode), LIST(int, mode_t), (i, mode))

#define OPENED(name)                                    \
  int name(const char *file, int flags, ...) {          \
    REAL(int, #name, const char *, int, ...);           \
    va_list rest;                                       \
    va_start(rest, flags);                              \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                       \
    if (flags & (O_CREAT | O_TRUNC)) call();            \
    return real(file, flags, mode);                     \
  }
OPENED(open)
OPENED(open64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (counter != NULL && is_file(descriptor) && is_last()) {
    if (torn) real(descriptor, bytes, count / 2);
    die();
  }
  return real(descriptor, bytes, count);
}

#define PWRITTEN(name, offset_type)                                                     \
  ssize_t name(int descriptor, const void *bytes, size_t count, offset_type offset) {   \
    REAL(ssize_t, #name, int, const void *, size_t, offset_type);                       \
    if (counter != NULL && is_file(descriptor) && is_last()) {                          \
      if (torn) real(descriptor, bytes, count / 2, offset);                             \
      die();                                                                            \
    }                                                                                   \
    return real(descriptor, bytes, count, offset);                                      \
  }
PWRITTEN(pwrite, off_t)
PWRITTEN(pwrite64, off64_t)

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  if (counter != NULL && is_file(descriptor) && is_last()) die();
  return real(descriptor, parts, count);
}
